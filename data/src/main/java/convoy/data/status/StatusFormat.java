package convoy.data.status;

import java.util.Locale;
import java.util.Optional;

/** How a status log is written (docs/formats/status-log.md). */
public enum StatusFormat {
  /** Comma-separated with a header, RFC 4180. */
  CSV(".csv"),
  /** One JSON object on each line. */
  JSONL(".jsonl"),
  /** A workbook of Excel with one sheet that has rows. */
  XLSX(".xlsx");

  private final String suffix;

  StatusFormat(String suffix) {
    this.suffix = suffix;
  }

  /** The format that the file's name ends in, without regard to case. */
  public static Optional<StatusFormat> of(String fileName) {
    String lower = fileName.toLowerCase(Locale.ROOT);
    for (StatusFormat format : values()) {
      if (lower.endsWith(format.suffix)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
