package convoy.readers.export;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.data.error.ConvoyException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workbooks that are made to do harm, or are no .xlsx workbooks: refused, and it is said why. */
class HostileWorkbookTest {
  private static final String EXPECTED = ": expected an .xlsx workbook that Excel opens";
  private static final String SHEET = "plant.xlsx sheet 'Units' near row 0: ";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels"
      })
  void aDocumentTypeIsRefusedInEveryPart(String part) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "top secret");
    String entities =
        "<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
            + "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>"
            + "<!ENTITY file SYSTEM '%s'><!ENTITY net SYSTEM 'http://127.0.0.1:9/x'>"
                .formatted(secret.toUri());
    Path file =
        Exports.workbook(folder, book -> Exports.add(book.createSheet("Units"), Exports.ECUS));
    String xml = SheetXml.read(file, part);
    int at = xml.startsWith("<?xml") ? xml.indexOf("?>") + 2 : 0;
    String root = xml.substring(xml.indexOf('<', at) + 1).split("[ >]", 2)[0];
    SheetXml.replace(
        file,
        part,
        xml.substring(0, at) + "<!DOCTYPE %s [%s]>".formatted(root, entities) + xml.substring(at));
    String where = part.contains("sheet1") ? SHEET : "plant.xlsx: ";
    assertRefused(file, where + "a document type (DTD) in its XML, which no workbook has");
  }

  @Test
  void anEntityThatIsNotDeclaredIsRefused() throws IOException {
    assertRefused(
        SheetXml.rows(folder, SheetXml.row(2, "&lol;")),
        "plant.xlsx sheet 'Units' near row 2: damaged");
  }

  @Test
  void aSheetThatUnpacksToAThousandTimesItsSizeIsRefused() throws IOException {
    assertRefused(
        SheetXml.rows(folder, ("<row/>" + " ".repeat(1000)).repeat(20_000)),
        "plant.xlsx sheet 'Units' near row 95: a part that unpacks to more than 100 times its size"
            + " (a zip bomb)");
  }

  @Test
  void sharedStringsThatUnpackToAThousandTimesTheirSizeAreRefused() throws IOException {
    String bomb = ("<si><t>" + "x".repeat(30_000) + "</t></si>").repeat(700);
    assertRefused(
        SheetXml.part(folder, "xl/sharedStrings.xml", "<sst>" + bomb + "</sst>"),
        "plant.xlsx: a part that unpacks to more than 100 times its size (a zip bomb)");
  }

  @Test
  @Tag("long")
  void sharedStringsThatNoMemoryHoldsAreRefused() throws IOException {
    Path file = Exports.workbook(folder, book -> book.createSheet("Units"));
    // Random enough that they unpack to less than 100 times their size.
    try (FileSystem zip = FileSystems.newFileSystem(file);
        Writer out = Files.newBufferedWriter(zip.getPath("xl/sharedStrings.xml"))) {
      out.write("<sst>");
      for (int i = 0; i < 10_000; i++) {
        out.write("<si><t>" + noise(i, 500) + "y".repeat(29_000) + "</t></si>");
      }
    }
    assertRefused(file, "plant.xlsx: more than 256 MB of shared strings");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<c r=\"A2\"><v>%s</v></c>",
        "<c r=\"%s\"/>",
        "<c><v><!--<a>%s--></v></c>",
        "<c><v><![CDATA[<a>%s]]></v></c>"
      })
  void aTextOrTagThatWouldFillTheMemoryIsRefused(String form) throws IOException {
    String text = noise(1, 200_000) + "<a> > ".substring(form.contains("<a>") ? 0 : 3);
    assertRefused(
        SheetXml.rows(folder, "<row>" + form.formatted(text.repeat(6)) + "</row>"),
        "plant.xlsx sheet 'Units' near row 2: a text or tag of more than 1048576 bytes, which no"
            + " spreadsheet writes");
  }

  @Test
  void aZipWithTooManyPartsIsRefused() throws IOException {
    Path file = SheetXml.rows(folder, "");
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      for (int i = 0; i < 10_000; i++) {
        Files.createFile(zip.getPath("xl/p" + i));
      }
    }
    assertRefused(file, "plant.xlsx: 10009 parts in the zip file, more than 10000");
  }

  @Test
  void aContentTypesPartThatNoMemoryHoldsIsRefused() throws IOException {
    Path file = SheetXml.rows(folder, "");
    SheetXml.replace(file, "[Content_Types].xml", " ".repeat(5 << 20));
    assertRefused(file, "plant.xlsx: more than 4 MB in [Content_Types].xml");
  }

  @Test
  void filesOfOtherProgramsAreToldByTheirContent() throws IOException {
    assertRefused(
        zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<x/>"),
        "plant.xlsx: an OpenDocument file (application/vnd.oasis.opendocument.spreadsheet)");
    assertRefused(
        zip("[Content_Types].xml", "<Types/>", "xl/workbook.bin", "x"),
        "plant.xlsx: a binary workbook (.xlsb)");
    assertRefused(
        zip("ecus.csv", "vin,module", "more.csv", ""),
        "plant.xlsx: a zip archive with ecus.csv in it, and no workbook");
  }

  @Test
  void theStrictFormOfTheStandardIsRefusedByName() throws IOException {
    Path file = SheetXml.rows(folder, "");
    SheetXml.replace(
        file,
        "_rels/.rels",
        SheetXml.read(file, "_rels/.rels")
            .replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
                "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"));
    assertRefused(file, "plant.xlsx: a workbook saved as Strict Open XML Spreadsheet");
  }

  private void assertRefused(Path file, String message) {
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> Exports.read(file))
        .withMessage(message + EXPECTED);
  }

  private Path zip(String... namesAndContents) throws IOException {
    Path file = folder.resolve("plant.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndContents[i]));
        zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  private static String noise(int seed, int length) {
    return new Random(seed)
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
