package convoy.readers.export;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** Workbooks whose parts are written by hand, as other programs and attackers leave them. */
final class SheetXml {
  static final String START =
      "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
          + header();
  static final String END = "</sheetData></worksheet>";

  private SheetXml() {}

  /** A row of inline strings without references to rows and cells, as some writers leave it. */
  private static String header() {
    StringBuilder row = new StringBuilder("<row>");
    for (String name : Exports.ECUS.split(",", -1)) {
      row.append("<c t=\"inlineStr\"><is><r><t>")
          .append(name, 0, 1)
          .append("</t></r><r><t>")
          .append(name.substring(1))
          .append("</t></r><rPh><t>x</t></rPh></is></c>");
    }
    return row.append("</row>").toString();
  }

  /** An inline string. */
  static String text(String reference, String text) {
    return "<c r=\"%s\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted(reference, text);
  }

  /** A row of an ECU from column A, in the given row. */
  static String row(int number, String... cells) {
    StringBuilder row = new StringBuilder("<row r=\"%d\">".formatted(number));
    for (int i = 0; i < cells.length; i++) {
      row.append(text("%c%d".formatted('A' + i, number), cells[i]));
    }
    return row.append("</row>").toString();
  }

  /** A workbook whose one sheet has these rows below its header. */
  static Path rows(Path folder, String xml) throws IOException {
    return part(folder, "xl/worksheets/sheet1.xml", START + xml + END);
  }

  /** A workbook with one empty sheet, of which one part is replaced. */
  static Path part(Path folder, String part, String xml) throws IOException {
    Path file = Exports.workbook(folder, book -> book.createSheet("Units"));
    replace(file, part, xml);
    return file;
  }

  static void replace(Path file, String part, String xml) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Files.createDirectories(zip.getPath(part).toAbsolutePath().getParent());
      Files.writeString(zip.getPath(part), xml);
    }
  }

  static String read(Path file, String part) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      return Files.readString(zip.getPath(part));
    }
  }
}
