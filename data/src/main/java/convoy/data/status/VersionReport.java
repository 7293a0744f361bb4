package convoy.data.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.error.ConvoyException;
import convoy.data.trust.Fields;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.StrictJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the primary ECU of a vehicle sends: the signed reports of its ECUs under a signature of its
 * own (docs/formats/status-log.md). Uptane Standard 2.1 calls it vehicle version manifest. Its
 * signatures are not checked yet.
 *
 * @param line the line on which it stands, from 1
 * @param raw its text on one line
 * @param content what it says; null when it has not the form of a report
 * @param fault why it has not; null when it has
 */
public record VersionReport(
    long line, String raw, @Nullable Content content, @Nullable String fault) {
  private static final String TYPE = "vehicle-version-report";
  private static final String NAME = "report";
  // Which Convoy adds to what it sends again; it is not part of what is signed.
  private static final String RESUBMITTED = "resubmitted";

  /**
   * A report that has the form of one.
   *
   * @param primary the serial of the primary ECU
   */
  public record Content(SignedDocument document, String vin, String primary, List<Part> ecus) {}

  /**
   * The report of one ECU.
   *
   * @param report null when it has not the form of one
   * @param fault why it has not; null when it has
   */
  public record Part(@Nullable EcuReport report, @Nullable String fault) {}

  /** How many rows the report counts for: one for each ECU that it speaks of. */
  public int rows() {
    return content == null ? 1 : content.ecus().size();
  }

  /** Reads a report from its text. */
  public static VersionReport parse(long line, String raw) {
    try {
      return new VersionReport(line, raw, content(raw), null);
    } catch (ConvoyException e) {
      return new VersionReport(line, raw, null, String.valueOf(e.getMessage()));
    }
  }

  private static Content content(String raw) {
    Map<String, Object> members = new TreeMap<>();
    StrictJson.parse(raw.getBytes(UTF_8), NAME)
        .values()
        .forEach((name, value) -> members.put(String.valueOf(name), value));
    members.remove(RESUBMITTED);
    SignedDocument document = SignedDocument.parse(new Fields(NAME + ":", members), NAME);
    Fields signed = document.signed().requireType(TYPE);
    List<Part> ecus = new ArrayList<>();
    Set<String> serials = new HashSet<>();
    for (Object item : signed.list("ecu_version_reports")) {
      ecus.add(part("ecu_version_reports[%d]".formatted(ecus.size()), item, serials));
    }
    if (ecus.isEmpty()) {
      throw signed.refused("ecu_version_reports", "the report of one ECU or more");
    }
    document.signedBytes();
    return new Content(
        document, signed.text("vin"), signed.text("primary_ecu_serial"), List.copyOf(ecus));
  }

  private static Part part(String where, Object item, Set<String> serials) {
    if (!(item instanceof Map<?, ?> map)) {
      return new Part(null, where + ": expected an object with signatures and signed");
    }
    try {
      EcuReport report = EcuReport.parse(new Fields(where, map));
      return serials.add(report.serial())
          ? new Part(report, null)
          : new Part(null, where + ": ECU " + report.serial() + " stands twice, expected once");
    } catch (ConvoyException e) {
      return new Part(null, String.valueOf(e.getMessage()));
    }
  }
}
