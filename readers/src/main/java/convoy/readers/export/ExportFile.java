package convoy.readers.export;

import convoy.data.vehicle.ExportContent;
import convoy.readers.sheet.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a manufacturing export is, found out from its content; the file's name plays no part.
 *
 * @param format for people: "UTF-8 text with semicolons", "Excel workbook"
 * @param tables in the order in which their rows are read: vehicles first, then flat tables, then
 *     ECUs
 * @param skipped the sheets of a workbook that are not read, each with the reason
 * @param profile the name of the profile that it was read by, null without one
 * @param content FULL only where the profile says so
 * @param plant the plant that the profile names, null when it names none
 */
public record ExportFile(
    Path path,
    String format,
    List<ExportTable> tables,
    List<SkippedSheet> skipped,
    @Nullable String profile,
    ExportContent content,
    @Nullable String plant) {
  private static final String EXPECTED =
      "a manufacturing export as CSV text, JSON Lines or an .xlsx workbook";
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

  /** As {@link #probe(Path, ExportFormats)}, with no profile. */
  public static ExportFile probe(Path path) {
    return probe(path, ExportFormats.PLAIN);
  }

  /**
   * Reads the start of a text file, or the headers of a workbook's sheets.
   *
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when the file as a whole cannot be read
   *     as an export
   */
  public static ExportFile probe(Path path, ExportFormats formats) {
    try (RowSource rows = open(path, formats)) {
      return rows.file();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The rows of a file, from its first; the file is refused as by {@link #probe}. */
  static RowSource open(Path path, ExportFormats formats) {
    ExportSource source = source(path, formats);
    try {
      if (isZip(magic(path))) {
        return WorkbookRows.open(source);
      }
      if (source.gzip()) {
        requireText(source);
      }
      TextFormat format = TextFormat.detect(source);
      return format.isJson() ? JsonRows.open(source, format) : TextRows.open(source, format);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The file with its profile; one that cannot be an export is refused. */
  static ExportSource source(Path path, ExportFormats formats) {
    requireFile(path);
    try {
      byte[] magic = magic(path);
      requireReadable(Refusal.name(path), magic);
      return ExportSource.of(path, magic, formats);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  static boolean isZip(byte[] start) {
    return startsWith(start, ZIP);
  }

  private static void requireFile(Path path) {
    String name = Refusal.name(path);
    if (!Files.exists(path)) {
      throw Refusal.of(name, "no such file", EXPECTED);
    }
    if (!Files.isRegularFile(path)) {
      throw Refusal.of(name, Files.isDirectory(path) ? "a folder" : "not a file", EXPECTED);
    }
  }

  private static void requireReadable(String name, byte[] start) {
    if (start.length == 0) {
      throw Refusal.of(name, "empty (0 bytes)", EXPECTED);
    }
    if (startsWith(start, OLE2)) {
      throw Refusal.of(
          name,
          "an old Excel file (.xls), or a workbook with a password",
          "an .xlsx workbook without a password");
    }
  }

  private static void requireText(ExportSource source) throws IOException {
    byte[] start = source.start();
    requireReadable(source.name(), start);
    if (isZip(start) || GzipStream.is(start)) {
      throw Refusal.of(
          source.name(),
          isZip(start) ? "a gzipped workbook or zip file" : "a gzip inside a gzip",
          "text in a gzip, or a workbook as it is");
    }
  }

  static RuntimeException unreadable(Path path, IOException cause) {
    return Refusal.of(Refusal.name(path), "cannot be read (" + cause + ")", EXPECTED, cause);
  }

  private static byte[] magic(Path path) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      return in.readNBytes(OLE2.length);
    }
  }

  private static boolean startsWith(byte[] content, byte[] magic) {
    return content.length >= magic.length
        && Arrays.equals(content, 0, magic.length, magic, 0, magic.length);
  }
}
