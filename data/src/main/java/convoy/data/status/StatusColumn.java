package convoy.data.status;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The columns of a status log, in their order: CSV headers and JSON keys alike. */
public enum StatusColumn {
  EVENT_ID,
  AT,
  VIN,
  MODULE,
  CAMPAIGN,
  MANIFEST_VERSION,
  ATTEMPT,
  STATE,
  REPORTED_VERSION,
  ERROR_CODE,
  TEXT;

  /** The name in the file, such as {@code event_id}. */
  public String header() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The whole header line, without its line end. */
  public static String headerLine() {
    return Arrays.stream(values()).map(StatusColumn::header).collect(Collectors.joining(","));
  }
}
