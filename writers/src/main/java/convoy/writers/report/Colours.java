package convoy.writers.report;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The colours of a report, as RRGGBB. */
final class Colours {
  /** Told apart by people who see colours differently, too. */
  private static final List<String> SERIES =
      List.of(
          "2F5597", "ED7D31", "5B9BD5", "A5A5A5", "7030A0", "FFC000", "264478", "9E480E", "70AD47",
          "636363");

  /** States keep one colour in every chart: green is done, red is wrong, grey is at rest. */
  private static final Map<String, String> STATES =
      Map.ofEntries(
          Map.entry("PLANNED", "D0CECE"),
          Map.entry("WAITING", "A5A5A5"),
          Map.entry("ISSUED", "9DC3E6"),
          Map.entry("IN_PROGRESS", "2F75B5"),
          Map.entry("INSTALLED", "548235"),
          Map.entry("SUCCEEDED", "548235"),
          Map.entry("ELIGIBLE", "548235"),
          Map.entry("FAILED", "C00000"),
          Map.entry("HALTED", "C00000"),
          Map.entry("RETRY_DUE", "F4B183"),
          Map.entry("ROLLBACK_DUE", "ED7D31"),
          Map.entry("ROLLBACK_ISSUED", "C55A11"),
          Map.entry("ROLLED_BACK", "7F6000"),
          Map.entry("SERVICE_REQUIRED", "7B0000"),
          Map.entry("DOWNLOADED", "A9D18E"),
          Map.entry("DECLINED", "7030A0"),
          Map.entry("SILENT", "404040"),
          Map.entry("EXPIRED", "FFD966"),
          Map.entry("CANCELLED", "B4A7D6"),
          Map.entry("SUPERSEDED", "8497B0"));

  private Colours() {}

  /** The colour of a chart's series: its state's, when the header names one, or the next one. */
  static String series(String header, int index) {
    String state = header.toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    return STATES.getOrDefault(state, SERIES.get(index % SERIES.size()));
  }

  static byte[] bytes(String rgb) {
    return HexFormat.of().parseHex(rgb);
  }
}
