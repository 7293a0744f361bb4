package convoy.readers.export;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What a manufacturing export is, found out from its content; the file's name plays no part.
 *
 * @param format for people: "UTF-8 text with semicolons", "Excel workbook"
 * @param tables in the order in which their rows are read: vehicles first, then flat tables, then
 *     ECUs
 * @param skipped the sheets of a workbook that are not read, each with the reason
 */
public record ExportFile(
    Path path, String format, List<ExportTable> tables, List<SkippedSheet> skipped) {
  private static final String EXPECTED = "a manufacturing export as CSV text or an .xlsx workbook";
  private static final byte[] ZIP = {'P', 'K'};
  private static final byte[] OLE2 = HexFormat.of().parseHex("d0cf11e0a1b11ae1");

  /**
   * A sheet that is not read.
   *
   * @param reason "hidden", "empty", or "no header with vin"
   */
  public record SkippedSheet(String sheet, String reason) {}

  public ExportFile {
    tables = List.copyOf(tables);
    skipped = List.copyOf(skipped);
  }

  /**
   * Reads the start of a text file, or the headers of a workbook's sheets.
   *
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when the file as a whole cannot be read
   *     as an export
   */
  public static ExportFile probe(Path path) {
    try (RowSource rows = open(path)) {
      return rows.file();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The rows of a file, from its first; the file is refused as by {@link #probe}. */
  static RowSource open(Path path) {
    String name = Refusal.name(path);
    if (!Files.exists(path)) {
      throw Refusal.of(name, "no such file", EXPECTED);
    }
    if (!Files.isRegularFile(path)) {
      throw Refusal.of(name, Files.isDirectory(path) ? "a folder" : "not a file", EXPECTED);
    }
    try {
      byte[] start = start(path);
      if (start.length == 0) {
        throw Refusal.of(name, "empty (0 bytes)", EXPECTED);
      }
      if (startsWith(start, OLE2)) {
        throw Refusal.of(
            name,
            "an old Excel file (.xls), or a workbook with a password",
            "an .xlsx workbook without a password");
      }
      return startsWith(start, ZIP) ? WorkbookRows.open(path) : TextRows.open(path, start);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static RuntimeException unreadable(Path path, IOException cause) {
    return Refusal.of(Refusal.name(path), "cannot be read (" + cause + ")", EXPECTED, cause);
  }

  private static byte[] start(Path path) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      return in.readNBytes(OLE2.length);
    }
  }

  private static boolean startsWith(byte[] content, byte[] magic) {
    return content.length >= magic.length
        && Arrays.equals(content, 0, magic.length, magic, 0, magic.length);
  }
}
