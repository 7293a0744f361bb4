package convoy.data.vehicle;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of an export as it was written, before any rule was applied.
 *
 * @param sheet the sheet's name in a workbook, null in a text file
 * @param line the line (text, 1-based, the line on which the row starts) or row number (workbook,
 *     1-based)
 * @param raw the row's text as it stood; bytes that the file's encoding cannot read are shown as
 *     {@code \xE9}
 * @param values the trimmed text of each column that the file has; an absent cell is the empty
 *     string; bytes that the encoding cannot read are carried as {@link UndecodedBytes}
 * @param problem why the row's text could not be laid out in columns, null when it could; with a
 *     problem, values is empty
 */
public record ExportRow(
    ExportKind kind,
    @Nullable String sheet,
    long line,
    String raw,
    Map<ExportColumn, String> values,
    @Nullable Finding problem) {

  /** A row that was laid out in columns. */
  public ExportRow(
      ExportKind kind,
      @Nullable String sheet,
      long line,
      String raw,
      Map<ExportColumn, String> values) {
    this(kind, sheet, line, raw, values, null);
  }
}
