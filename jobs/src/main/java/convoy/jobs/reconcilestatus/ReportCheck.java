package convoy.jobs.reconcilestatus;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.ReportStaging;
import convoy.data.duckdb.ReportStaging.Checked;
import convoy.data.duckdb.ReportStaging.EcuOf;
import convoy.data.duckdb.ReportStaging.Known;
import convoy.data.duckdb.ReportStaging.KnownEcu;
import convoy.data.duckdb.ReportStaging.KnownImage;
import convoy.data.error.ConvoyException;
import convoy.data.status.EcuReport;
import convoy.data.status.StatusRules;
import convoy.data.status.VersionReport;
import convoy.data.status.VersionReport.Content;
import convoy.data.status.VersionReport.Part;
import convoy.data.trust.CertificateKey;
import convoy.data.trust.IsoSeconds;
import convoy.data.trust.SignedDocument;
import convoy.data.vehicle.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks version reports against what is known of their vehicles' ECUs: first the vehicle's own
 * signature, which is its primary's, then each ECU's. What stands under a signature that cannot be
 * checked is rejected.
 */
final class ReportCheck {
  private static final String FORM = "a version report as docs/formats/status-log.md has it";

  private final Known known;
  private final Instant latest;
  private final Map<String, CertificateKey> keys = new ConcurrentHashMap<>();

  private ReportCheck(Known known, Instant now) {
    this.known = known;
    this.latest = now.plus(StatusCheck.AHEAD);
  }

  /** The rows of these reports, in order. Their signatures are checked on all cores. */
  static List<ReportStaging.Row> rows(
      FleetStore store, List<? extends VersionReport> reports, Instant now) {
    Set<String> vins = new HashSet<>();
    Set<EcuOf> ecus = new HashSet<>();
    Set<String> hashes = new HashSet<>();
    for (VersionReport report : reports) {
      Content content = report.content();
      if (content != null) {
        vins.add(content.vin());
        ecus.add(new EcuOf(content.vin(), content.primary()));
        for (Part part : content.ecus()) {
          EcuReport ecu = part.report();
          if (ecu != null) {
            ecus.add(new EcuOf(content.vin(), ecu.serial()));
            hashes.add(ecu.sha256());
          }
        }
      }
    }
    ReportCheck check = new ReportCheck(ReportStaging.known(store, vins, ecus, hashes), now);
    return reports.parallelStream().flatMap(report -> check.rows(report).stream()).toList();
  }

  private List<ReportStaging.Row> rows(VersionReport report) {
    Content content = report.content();
    if (content == null) {
      return List.of(rejected(report, new Finding("REPORT_FORM", "", text(report.fault()), FORM)));
    }
    Finding fault = primaryFault(content);
    List<ReportStaging.Row> rows = new ArrayList<>();
    for (Part part : content.ecus()) {
      rows.add(fault == null ? row(report, content.vin(), part) : rejected(report, fault));
    }
    return rows;
  }

  private @Nullable Finding primaryFault(Content content) {
    if (known.ofVehicle(content.vin()).isEmpty()) {
      return new Finding(
          "UNKNOWN_VEHICLE",
          "vin",
          content.vin(),
          "the VIN of a vehicle whose ECUs are known here");
    }
    Found found = find(content.vin(), content.primary(), "primary_ecu_serial");
    return found.ecu() == null
        ? found.fault()
        : signatureFault(found.ecu(), content.document(), "signatures");
  }

  private ReportStaging.Row row(VersionReport report, String vin, Part part) {
    EcuReport ecu = part.report();
    if (ecu == null) {
      return rejected(report, new Finding("REPORT_FORM", "", text(part.fault()), FORM));
    }
    Found found = find(vin, ecu.serial(), "ecu_serial");
    KnownEcu of = found.ecu();
    if (of == null) {
      return rejected(report, Objects.requireNonNull(found.fault()));
    }
    Finding fault = signatureFault(of, ecu.document(), "signatures");
    if (fault == null) {
      fault = timeFault(ecu);
    }
    KnownImage image = known.image(of.module(), ecu.sha256());
    if (fault == null && image != null && image.length() != ecu.length()) {
      fault =
          new Finding(
              "IMAGE_LENGTH",
              "installed_image",
              "%s: %d bytes".formatted(of.serial(), ecu.length()),
              "%d bytes, as the registered image of that hash has".formatted(image.length()));
    }
    if (fault != null) {
      return rejected(report, fault);
    }
    List<Finding> warnings =
        image != null
            ? List.of()
            : List.of(
                new Finding(
                    "IMAGE_UNKNOWN",
                    "installed_image",
                    "%s: %s".formatted(of.serial(), ecu.sha256()),
                    "an image of a registered update for " + of.module()));
    return new ReportStaging.Row(
        report.line(), report.raw(), new Checked(of, ecu, image), List.of(), warnings);
  }

  /**
   * An ECU of the vehicle, or why there is none.
   *
   * @param fault null when there is one
   */
  private record Found(@Nullable KnownEcu ecu, @Nullable Finding fault) {}

  private Found find(String vin, String serial, String column) {
    List<KnownEcu> own =
        known.ofVehicle(vin).stream().filter(ecu -> ecu.serial().equals(serial)).toList();
    if (own.size() == 1) {
      return new Found(own.get(0), null);
    }
    String expected =
        own.isEmpty()
            ? "the serial of an ECU of vehicle " + vin
            : "a serial of one ECU of vehicle %s, not of its %s"
                .formatted(vin, own.stream().map(KnownEcu::module).toList());
    String rule = own.isEmpty() && known.isElsewhere(serial) ? "OTHER_VEHICLE" : "UNKNOWN_ECU";
    return new Found(null, new Finding(rule, column, serial, expected));
  }

  private @Nullable Finding signatureFault(KnownEcu ecu, SignedDocument document, String column) {
    String where = "%s %s".formatted(ecu.module(), ecu.serial());
    if (ecu.certificate() == null) {
      return new Finding(
          "NO_CERTIFICATE",
          column,
          where,
          "an ECU whose certificate an export named: its signature cannot be checked");
    }
    CertificateKey key;
    try {
      key = keys.computeIfAbsent(ecu.certificate(), CertificateKey::of);
    } catch (ConvoyException e) {
      return new Finding("CERTIFICATE_KEY", column, where, String.valueOf(e.getMessage()));
    }
    boolean isSigned =
        document.signatures().stream()
            .anyMatch(
                signature ->
                    signature.keyid().equals(key.keyid())
                        && key.verifies(document.signedBytes(), signature.sig()));
    return isSigned
        ? null
        : new Finding(
            "WRONG_SIGNATURE",
            column,
            where,
            "a signature over exactly this content by the key of its certificate, key id "
                + key.keyid());
  }

  private @Nullable Finding timeFault(EcuReport ecu) {
    if (ecu.time().isBefore(StatusRules.EARLIEST)) {
      return new Finding("REPORT_TIME", "time", IsoSeconds.format(ecu.time()), "a time since 2000");
    }
    return ecu.time().isAfter(latest)
        ? new Finding(
            "REPORT_TIME", "time", IsoSeconds.format(ecu.time()), "a time not after " + latest)
        : null;
  }

  private static ReportStaging.Row rejected(VersionReport report, Finding fault) {
    return new ReportStaging.Row(report.line(), report.raw(), null, List.of(fault), List.of());
  }

  private static String text(@Nullable String fault) {
    return Objects.requireNonNullElse(fault, "");
  }
}
