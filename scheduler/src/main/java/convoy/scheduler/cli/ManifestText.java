package convoy.scheduler.cli;

import convoy.data.campaign.OwnerTerms;
import convoy.data.manifest.ManifestPart;
import convoy.data.manifest.ManifestTarget;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.update.Preconditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A manifest in words. */
final class ManifestText {
  private ManifestText() {}

  /**
   * What it tells its vehicle.
   *
   * @param before what ECUs ran before, by their serials, as far as that is known
   */
  static List<String> lines(VerifiedManifest manifest, Map<String, String> before) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s version %d: campaign %s, wave %d, attempt %d, issued %s, expires %s"
            .formatted(
                manifest.vin(),
                manifest.version(),
                manifest.campaign(),
                manifest.wave(),
                manifest.attempt(),
                manifest.issuedAt(),
                manifest.expiresAt()));
    if (manifest.targets().isEmpty()) {
      lines.add(
          "  installs nothing%s, and withdraws what an earlier version asked for"
              .formatted(manifest.carried().isEmpty() ? "" : " for this campaign"));
    } else {
      terms(lines, "  ", manifest.preconditions(), manifest.owner());
    }
    manifest.targets().forEach(target -> lines.add("  " + line(target, before)));
    for (ManifestPart part : manifest.carried()) {
      lines.add(
          "  carries campaign %s, wave %d, attempt %d"
              .formatted(part.campaign(), part.wave(), part.attempt()));
      terms(lines, "    ", part.preconditions(), part.owner());
      part.targets().forEach(target -> lines.add("    " + line(target, before)));
    }
    return lines;
  }

  private static void terms(
      List<String> lines, String indent, Preconditions preconditions, OwnerTerms owner) {
    OwnerText.lines(owner).forEach(line -> lines.add(indent + line));
    String when = words(preconditions);
    if (!when.isEmpty()) {
      lines.add(indent + "when        " + when);
    }
  }

  /** What a vehicle sees to before it installs; empty for nothing. */
  static String words(Preconditions asked) {
    List<String> all = new ArrayList<>();
    if (Boolean.TRUE.equals(asked.parked())) {
      all.add("parked");
    }
    if (asked.battery() != null) {
      all.add("battery at " + asked.battery().percent() + " % or more");
    }
    if (asked.duration() != null) {
      all.add("for " + asked.duration());
    }
    return String.join(", ", all);
  }

  private static String line(ManifestTarget t, Map<String, String> before) {
    String from = before.get(t.ecuSerial());
    return "%s %s, hardware %s, %sto %s: %s, %,d bytes, sha256 %s%s"
        .formatted(
            t.image().module(),
            t.ecuSerial(),
            t.hardwareId(),
            from == null ? "" : "from " + from + " ",
            t.image().version(),
            t.image().fileName(),
            t.image().length(),
            t.image().sha256(),
            t.keyPackage() == null ? "" : ", with its key for this ECU");
  }
}
