package convoy.scheduler.cli;

import convoy.data.eligibility.Verdict;
import convoy.data.preview.CampaignPreview;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A preview on one screen. */
final class PreviewText {
  /** So many lines of regions and models; files have them all. */
  private static final int PARTS = 40;

  private static final int LONGEST = 40;
  private static final int SAMPLES = 3;

  private PreviewText() {}

  static List<String> lines(CampaignPreview preview) {
    List<String> lines = new ArrayList<>();
    lines.add("%s, if it were approved now".formatted(preview.campaign()));
    lines.add(
        "vehicles    %,d of %,d; ineligible %,d; unknown %,d"
            .formatted(
                preview.eligible(), preview.fleet(), preview.ineligible(), preview.unknown()));
    preview.waves().forEach(wave -> lines.add(wave(wave)));
    lines.add(
        "downloads   %s in all; manifests on %,d %s at the least"
            .formatted(
                bytes(preview.bytes()), preview.days(), preview.days() == 1 ? "day" : "days"));
    lines.add(
        "way back    %,d vehicles could not be taken back to the versions that they have"
            .formatted(preview.withoutWayBack()));
    lines.addAll(OwnerText.lines(preview.owner()));
    lines.add("rollback    " + preview.rollback().sentence());
    if (preview.ends() != null) {
      lines.add("ends        " + end(preview, preview.ends()));
    }
    parts(preview, lines);
    for (CampaignPreview.Cause cause : preview.causes()) {
      lines.add(
          "%-11s %,9d %s, such as %s"
              .formatted(
                  cause.verdict() == Verdict.ELIGIBLE
                      ? "held back"
                      : cause.verdict().name().toLowerCase(Locale.ROOT),
                  cause.vehicles(),
                  cause.reason(),
                  samples(cause.sampleVins())));
    }
    preview.conflicts().forEach(conflict -> lines.add(conflict(conflict)));
    if (preview.conflicts().isEmpty()) {
      lines.add("competition no other open campaign wants one of these vehicles");
    }
    lines.add("plan        " + preview.plan());
    return lines;
  }

  private static String end(CampaignPreview preview, CampaignPreview.End end) {
    return "%s, then %s: manifests on %,d %s before that%s"
        .formatted(
            end.at(),
            end.then(),
            end.days(),
            end.days() == 1 ? "day" : "days",
            preview.endsTooEarly()
                ? "; WARNING: %,d are needed, so not all vehicles are reached"
                    .formatted(preview.days())
                : "");
  }

  private static String wave(CampaignPreview.Wave wave) {
    return "wave %-6d %s: %,d vehicles, %s%s%s"
        .formatted(
            wave.wave(),
            wave.name(),
            wave.vehicles(),
            bytes(wave.bytes()),
            wave.waiting() == 0 ? "" : ", %,d wait for another campaign".formatted(wave.waiting()),
            wave.sampleVins().isEmpty() ? "" : ", such as " + samples(wave.sampleVins()));
  }

  /** A line for each region and model, with its vehicles in each wave. */
  private static void parts(CampaignPreview preview, List<String> lines) {
    Map<String, long[]> waves = new LinkedHashMap<>();
    preview.parts().stream()
        .sorted(
            Comparator.comparing(CampaignPreview.Part::region)
                .thenComparing(CampaignPreview.Part::model))
        .forEach(
            part ->
                waves
                        .computeIfAbsent(
                            "%s %s".formatted(part.region(), ScreenText.of(part.model(), LONGEST)),
                            p -> new long[preview.waves().size()])[part.wave() - 1] +=
                    part.vehicles());
    waves.entrySet().stream()
        .limit(PARTS)
        .forEach(
            part ->
                lines.add(
                    "            %,9d %s, by wave %s"
                        .formatted(
                            LongStream.of(part.getValue()).sum(),
                            part.getKey(),
                            Arrays.stream(part.getValue())
                                .mapToObj("%,d"::formatted)
                                .collect(Collectors.joining(" + ")))));
    if (waves.size() > PARTS) {
      lines.add(
          "            and %,d regions and models more: --csv FOLDER"
              .formatted(waves.size() - PARTS));
    }
  }

  private static String conflict(CampaignPreview.Conflict other) {
    boolean touches = other.modules() != null;
    return "competition %s (%s) %s: %,d vehicles in both%s%s%s"
        .formatted(
            other.campaign(),
            other.state(),
            touches
                ? "%s, over %s"
                    .formatted(
                        other.goesFirst() ? "goes first" : "goes after this one", other.modules())
                : "changes other ECUs, so neither waits",
            other.vehicles(),
            some(
                other.openManifests(),
                touches
                    ? "have an open manifest of it, which is finished first"
                    : "have an open manifest of it, which this one's carry on"),
            some(other.waitForIt(), "would wait for it from now on"),
            some(other.waitForThis(), "of its own would wait for this one from now on"));
  }

  private static String some(long vehicles, String what) {
    return vehicles == 0 ? "" : "; %,d %s".formatted(vehicles, what);
  }

  static String samples(List<String> vins) {
    return vins.stream().limit(SAMPLES).collect(Collectors.joining(" "));
  }

  /** With three digits or so; files have them all. */
  static String bytes(long bytes) {
    if (bytes < 10_000) {
      return "%,d bytes".formatted(bytes);
    }
    if (bytes < 10_000_000) {
      return "%,d kB".formatted(bytes / 1_000);
    }
    return bytes < 10_000_000_000L
        ? "%,d MB".formatted(bytes / 1_000_000)
        : "%,d GB".formatted(bytes / 1_000_000_000);
  }
}
