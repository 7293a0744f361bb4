package convoy.readers.export;

import convoy.data.error.ConvoyException;
import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportKind;
import convoy.data.vehicle.UndecodedBytes;
import convoy.readers.sheet.Refusal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One table of an export: a text file, or a sheet of a workbook.
 *
 * @param sheet the sheet's name, null for a text file
 * @param headerLine the line or row number of the header, 1-based
 * @param header the cells of the header, unknown columns included
 * @param positions the 0-based position of each known column
 */
public record ExportTable(
    ExportKind kind,
    @Nullable String sheet,
    long headerLine,
    List<String> header,
    Map<ExportColumn, Integer> positions) {

  public ExportTable {
    header = List.copyOf(header);
    positions = Collections.unmodifiableMap(new EnumMap<>(positions));
  }

  /** The number of header cells. */
  public int width() {
    return header.size();
  }

  /**
   * The table that a header announces; columns that Convoy does not know are left out.
   *
   * @param where the file, and the sheet if any, for messages
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when a column stands twice or is
   *     missing
   */
  static ExportTable of(
      String where, @Nullable String sheet, long line, List<String> header, ExportSource source) {
    try {
      return of(where, sheet, line, header, source.columns(header), source.constants().keySet());
    } catch (ConvoyException e) {
      throw new HeaderRefused(sheet, line, header, e);
    }
  }

  private static ExportTable of(
      String where,
      @Nullable String sheet,
      long line,
      List<String> header,
      List<@Nullable ExportColumn> columns,
      Set<ExportColumn> constants) {
    Map<ExportColumn, Integer> positions = new EnumMap<>(ExportColumn.class);
    for (int i = 0; i < header.size(); i++) {
      ExportColumn column = columns.get(i);
      Integer earlier = column == null ? null : positions.putIfAbsent(column, i);
      if (column != null && earlier != null) {
        throw Refusal.of(
            where,
            "column %s stands twice, as '%s' and '%s'"
                .formatted(column.header(), header.get(earlier), header.get(i)),
            "each column once");
      }
    }
    Set<ExportColumn> found = positions.keySet();
    ExportKind kind =
        ExportKind.of(found)
            .orElseThrow(
                () ->
                    Refusal.of(
                        where,
                        "the header names " + shown(header),
                        "a column vin, and model (vehicles) or module (ECUs)"));
    Set<ExportColumn> missing = kind.required();
    missing.removeAll(found);
    missing.removeAll(constants);
    if (!missing.isEmpty()) {
      throw Refusal.of(
          where,
          "the header lacks %s (it names %s)".formatted(headers(missing), shown(header)),
          "for %s the columns %s".formatted(kind, headers(kind.required())));
    }
    return new ExportTable(kind, sheet, line, header, positions);
  }

  private static String headers(Set<ExportColumn> columns) {
    return columns.stream().map(ExportColumn::header).collect(Collectors.joining(", "));
  }

  private static String shown(List<String> header) {
    String names = header.stream().map(String::strip).collect(Collectors.joining(", "));
    String shown = UndecodedBytes.shown(names);
    return shown.length() <= 300 ? shown : shown.substring(0, 300) + "…";
  }
}
