package convoy.readers.export;

import convoy.config.Nearest;
import convoy.data.error.ConvoyException;
import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is recognised of a file, also of one that is refused.
 *
 * @param format for people; null when not even that can be told
 * @param otherEncoding whether it was read as UTF-8, which it is not
 * @param refusal why the file is refused, null when it is not
 */
public record ExportProbe(
    Path path,
    @Nullable String format,
    boolean otherEncoding,
    List<Table> tables,
    List<ExportFile.SkippedSheet> skipped,
    @Nullable ConvoyException refusal) {

  /**
   * A table's header.
   *
   * @param sheet null in a text file
   * @param kind null when the header does not tell
   * @param missing columns of that kind that the header lacks; empty without a kind
   */
  public record Table(
      @Nullable String sheet,
      long headerLine,
      @Nullable ExportKind kind,
      List<Header> headers,
      Set<ExportColumn> missing) {}

  /**
   * One header.
   *
   * @param column null when it is not used
   * @param nearest of a header that is not used, a column that it may mean; null when none is near
   */
  public record Header(
      String text, @Nullable ExportColumn column, @Nullable ExportColumn nearest) {}

  /** Looks at a file's start, or at its sheets' headers. */
  public static ExportProbe of(Path path, ExportFormats formats) {
    try (RowSource rows = ExportFile.open(path, formats)) {
      ExportFile file = rows.file();
      ExportSource source = ExportFile.source(path, formats);
      List<Table> tables =
          file.tables().stream()
              .map(t -> table(source, t.sheet(), t.headerLine(), t.header()))
              .toList();
      return new ExportProbe(
          path, file.format(), otherEncoding(source), tables, file.skipped(), null);
    } catch (HeaderRefused e) {
      ExportSource source = ExportFile.source(path, formats);
      List<Table> tables = List.of(table(source, e.sheet(), e.line(), e.header()));
      String format = e.sheet() == null ? textFormat(source) : "Excel workbook";
      return new ExportProbe(path, format, otherEncoding(source), tables, List.of(), e);
    } catch (ConvoyException e) {
      return new ExportProbe(path, null, false, List.of(), List.of(), e);
    } catch (IOException e) {
      throw ExportFile.unreadable(path, e);
    }
  }

  private static Table table(
      ExportSource source, @Nullable String sheet, long line, List<String> header) {
    List<@Nullable ExportColumn> columns = source.columns(header);
    Set<ExportColumn> found = EnumSet.noneOf(ExportColumn.class);
    columns.stream().filter(c -> c != null).forEach(found::add);
    Map<String, ExportColumn> free = names(found);
    List<Header> headers = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      ExportColumn column = columns.get(i);
      ExportColumn nearest =
          column != null
              ? null
              : Nearest.to(ExportColumn.normal(header.get(i)), free.keySet())
                  .map(free::get)
                  .orElse(null);
      headers.add(new Header(header.get(i).strip(), column, nearest));
    }
    ExportKind kind = ExportKind.of(found).orElse(null);
    Set<ExportColumn> missing = kind == null ? EnumSet.noneOf(ExportColumn.class) : kind.required();
    missing.removeAll(found);
    missing.removeAll(source.constants().keySet());
    return new Table(sheet, line, kind, List.copyOf(headers), missing);
  }

  /** The names of the columns that are not found yet. */
  private static Map<String, ExportColumn> names(Set<ExportColumn> found) {
    Map<String, ExportColumn> names = new LinkedHashMap<>();
    for (ExportColumn column : ExportColumn.values()) {
      if (!found.contains(column)) {
        names.put(ExportColumn.normal(column.header()), column);
        column.synonyms().forEach(synonym -> names.put(ExportColumn.normal(synonym), column));
      }
    }
    return names;
  }

  private static String textFormat(ExportSource source) {
    try {
      return TextFormat.detect(source).description() + (source.gzip() ? ", gzipped" : "");
    } catch (IOException e) {
      throw ExportFile.unreadable(source.path(), e);
    }
  }

  private static boolean otherEncoding(ExportSource source) {
    try {
      byte[] start = source.start();
      return !ExportFile.isZip(start)
          && TextEncoding.of(
                  source.name(),
                  start,
                  source.profile() == null ? null : source.profile().encoding())
              .misread(start);
    } catch (IOException e) {
      throw ExportFile.unreadable(source.path(), e);
    }
  }
}
