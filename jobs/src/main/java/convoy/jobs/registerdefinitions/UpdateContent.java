package convoy.jobs.registerdefinitions;

import static java.util.Map.entry;

import convoy.data.trust.CanonicalJson;
import convoy.data.update.Downgrades;
import convoy.data.update.TargetImage;
import convoy.data.update.UpdateCondition;
import convoy.data.update.UpdateDefinition;
import convoy.data.update.UpdateTarget;
import convoy.data.update.WayBack;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.version.VersionRange;
import convoy.data.version.VersionRange.Interval;
import convoy.jobs.images.Image;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An update as canonical JSON: what is kept, what people sign, and what the SQL's rows are derived
 * from ({@code define/defined_*.sql}).
 */
public final class UpdateContent {
  private final ModuleCatalog modules;

  UpdateContent(ModuleCatalog modules) {
    this.modules = modules;
  }

  /**
   * The text.
   *
   * @param images what the store knows of each image
   * @param counters the release counter of each module
   */
  String of(
      UpdateDefinition update,
      Function<TargetImage, Image> images,
      ToIntFunction<String> counters) {
    List<Map<String, Object>> targets = new ArrayList<>();
    for (UpdateTarget target : update.targets()) {
      targets.add(target(update, target, images, counters.applyAsInt(target.module())));
    }
    List<Map<String, Object>> conditions = new ArrayList<>();
    for (UpdateCondition condition : update.conditions()) {
      conditions.add(condition(condition, conditions.size() + 1));
    }
    return new String(
        CanonicalJson.encode(
            Map.ofEntries(
                entry("name", update.name()),
                entry("version", update.version()),
                entry("title", update.title()),
                entry("category", update.category().name()),
                entry("models", update.models()),
                entry("powertrains", names(update.powertrains())),
                entry("wayBackRequired", update.wayBack() == WayBack.REQUIRED),
                entry("allowDowngrade", update.downgrades() == Downgrades.ALLOWED),
                entry("targets", targets),
                entry("conditions", conditions),
                entry("preconditions", update.preconditions().content()),
                entry(
                    "typeApproval",
                    Map.of(
                        "relevant", update.typeApproval().relevant(),
                        "rxswins", update.typeApproval().rxswins())),
                entry("support", update.support().content()),
                // As lines: signed text holds no line breaks (docs/formats/update-manifest.md).
                entry("releaseNotes", update.releaseNotes().lines().toList()))),
        StandardCharsets.UTF_8);
  }

  private Map<String, Object> target(
      UpdateDefinition update,
      UpdateTarget target,
      Function<TargetImage, Image> images,
      int counter) {
    return Map.ofEntries(
        entry("module", target.module()),
        entry("installOrder", target.installOrder()),
        entry("installGroup", update.installGroup(target.module())),
        entry("hardware", target.hardware()),
        entry("hardwareVersions", target.hardwareVersions()),
        entry("protocols", names(target.protocols())),
        entry("scheme", scheme(target.module())),
        entry("from", target.fromText()),
        entry("to", target.to()),
        entry("toKey", target.toKey(modules)),
        entry("releaseCounter", counter),
        entry("ranges", intervals(target.range(modules))),
        entry(
            "images",
            target.images().stream()
                .map(image -> image(image.hardware(), images.apply(image)))
                .toList()));
  }

  private static Map<String, Object> image(List<String> hardware, Image image) {
    return Map.of(
        "hardware", hardware,
        "name", image.name(),
        "length", image.length(),
        "sha256", image.sha256(),
        "sha512", image.sha512());
  }

  private Map<String, Object> condition(UpdateCondition condition, int place) {
    return Map.of(
        "kind", condition.kind().name(),
        "place", place,
        "module", condition.module(),
        "scheme", scheme(condition.module()),
        "range", condition.range(),
        "ranges", intervals(condition.versions(modules)));
  }

  private String scheme(String module) {
    return modules.find(module).orElseThrow().scheme().name();
  }

  /** The intervals of a range, half open. */
  private static List<Map<String, Object>> intervals(VersionRange range) {
    List<Map<String, Object>> intervals = new ArrayList<>();
    for (Interval interval : range.intervals()) {
      Map<String, Object> bounds = new HashMap<>();
      bounds.put("low", interval.low());
      bounds.put("high", interval.high());
      intervals.add(bounds);
    }
    return intervals;
  }

  /** The intervals of a range, as a definition's {@code ranges} say them. */
  public static List<Interval> intervals(JsonNode ranges) {
    List<Interval> intervals = new ArrayList<>();
    for (JsonNode range : ranges) {
      intervals.add(new Interval(bound(range.get("low")), bound(range.get("high"))));
    }
    return intervals;
  }

  private static @Nullable String bound(JsonNode bound) {
    return bound.isNull() ? null : bound.asString();
  }

  private static List<String> names(List<? extends Enum<?>> constants) {
    return constants.stream().map(Enum::name).toList();
  }
}
