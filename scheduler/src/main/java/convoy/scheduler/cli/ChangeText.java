package convoy.scheduler.cli;

import convoy.data.preview.PreviewChange;
import java.util.ArrayList;
import java.util.List;

/** What differs between two previews, on one screen. */
final class ChangeText {
  private ChangeText() {}

  static List<String> lines(PreviewChange change) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %,d vehicles, then %,d: +%,d, -%,d"
            .formatted(
                change.after().campaign(),
                change.before().eligible(),
                change.after().eligible(),
                change.joining(),
                change.leaving()));
    for (PreviewChange.Cause cause : change.causes()) {
      boolean joins = cause.direction() == PreviewChange.Direction.JOIN;
      lines.add(
          "%s%,d %s %s, such as %s"
              .formatted(
                  joins ? "+" : "-",
                  cause.vehicles(),
                  joins ? "no longer" : "now",
                  cause.reason(),
                  PreviewText.samples(cause.sampleVins())));
    }
    for (PreviewChange.Move move : change.moves()) {
      lines.add(
          "%,d go from wave %d to wave %d, such as %s"
              .formatted(
                  move.vehicles(),
                  move.fromWave(),
                  move.toWave(),
                  PreviewText.samples(move.sampleVins())));
    }
    lines.add(
        "downloads   %s, then %s; manifests on %,d days, then %,d"
            .formatted(
                PreviewText.bytes(change.before().bytes()),
                PreviewText.bytes(change.after().bytes()),
                change.before().days(),
                change.after().days()));
    lines.add("");
    lines.addAll(PreviewText.lines(change.after()));
    return lines;
  }
}
