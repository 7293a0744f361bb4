package convoy.readers.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.data.error.ConvoyException;
import convoy.data.vehicle.ExportRow;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.ExecutionContext;

class DamagedWorkbookTest {
  @TempDir Path folder;

  @Test
  void aWorkbookThatIsCutOffIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(Exports.workbook(folder, WorkbookExportTest::twoTables));
    for (int length = whole.length - 1; length > 2; length -= length > 5900 ? 10 : 211) {
      Path cut = Exports.bytes(folder, "cut.xlsx", Arrays.copyOf(whole, length));
      assertThatExceptionOfType(ConvoyException.class)
          .as("%d of %d bytes", length, whole.length)
          .isThrownBy(() -> Exports.read(cut))
          .withMessage(
              "cut.xlsx: a damaged or cut off workbook: expected an .xlsx workbook that Excel"
                  + " opens");
    }
  }

  @Test
  void aSheetThatBreaksOffIsReadUpToThereAndThenRefused() throws IOException {
    StringBuilder xml = new StringBuilder(SHEET_START);
    for (int i = 2; i <= 20; i++) {
      xml.append("<row r=\"%d\">%s</row>".formatted(i, text("A" + i, "V" + i)));
    }
    ExportReader reader =
        new ExportReader(sheetXml(xml.append("<row r=\"21\"><c").toString()), () -> 18);
    reader.open(new ExecutionContext());
    assertThat(reader.read()).extracting(ExportRow::raw).isEqualTo("V20");
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(reader::read)
        .withMessage(
            "plant.xlsx sheet 'Units' near row 21: damaged: expected an .xlsx workbook that Excel"
                + " opens");
    reader.close();
  }

  @Test
  void anEntityThatPointsOutsideIsNotFollowed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "top secret");
    String type = "<!DOCTYPE worksheet [<!ENTITY e SYSTEM \"%s\">]>".formatted(secret.toUri());
    Path file =
        sheetXml(type + SHEET_START + "<row r=\"2\">" + text("A2", "&e;") + "</row>" + SHEET_END);
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> Exports.read(file))
        .withMessage(
            "plant.xlsx sheet 'Units' near row 2: damaged: expected an .xlsx workbook that Excel"
                + " opens");
  }

  @Test
  void aSheetThatUnpacksToAThousandTimesItsSizeIsRefused() throws IOException {
    Path file = sheetXml(SHEET_START + " ".repeat(20_000_000) + SHEET_END);
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> Exports.read(file))
        .withMessage(
            "plant.xlsx sheet 'Units' near row 1: damaged: expected an .xlsx workbook that Excel"
                + " opens");
  }

  private static final String SHEET_START =
      "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
          + header();
  private static final String SHEET_END = "</sheetData></worksheet>";

  /** A row of inline strings without references to rows and cells, as some writers leave it. */
  private static String header() {
    StringBuilder row = new StringBuilder("<row>");
    for (String name : Exports.ECUS.split(",", -1)) {
      row.append("<c t=\"inlineStr\"><is><r><t>")
          .append(name.substring(0, 1))
          .append("</t></r><r><t>")
          .append(name.substring(1))
          .append("</t></r><rPh><t>x</t></rPh></is></c>");
    }
    return row.append("</row>").toString();
  }

  private static String text(String reference, String text) {
    return "<c r=\"%s\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted(reference, text);
  }

  /** A workbook whose one sheet has this XML. */
  private Path sheetXml(String xml) throws IOException {
    Path file = Exports.workbook(folder, book -> book.createSheet("Units"));
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Files.writeString(zip.getPath("xl/worksheets/sheet1.xml"), xml);
    }
    return file;
  }
}
