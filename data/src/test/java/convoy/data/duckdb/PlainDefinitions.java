package convoy.data.duckdb;

import static java.util.Map.entry;

import convoy.data.eligibility.PlainCampaign;
import convoy.data.eligibility.PlainUpdate;
import convoy.data.trust.CanonicalJson;
import convoy.data.update.Downgrades;
import convoy.data.update.Preconditions;
import convoy.data.update.Support;
import convoy.data.update.TargetImage;
import convoy.data.update.TypeApproval;
import convoy.data.update.UpdateCategory;
import convoy.data.update.UpdateCondition;
import convoy.data.update.UpdateDefinition;
import convoy.data.update.UpdateTarget;
import convoy.data.update.WayBack;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.version.VersionRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain updates and campaigns as definitions, and these as registering writes them. */
final class PlainDefinitions {
  private PlainDefinitions() {}

  /**
   * @throws IllegalArgumentException when registering would refuse it
   */
  static UpdateDefinition definition(PlainUpdate update, ModuleCatalog catalog) {
    List<UpdateTarget> targets = new ArrayList<>();
    for (PlainUpdate.Target target : update.targets()) {
      targets.add(target(target, targets.size() + 1));
    }
    return new UpdateDefinition(
            update.name(),
            "1.0.0",
            "T",
            UpdateCategory.BUG_FIX,
            update.models(),
            update.powertrains(),
            targets,
            List.of(),
            update.conditions().stream()
                .map(c -> new UpdateCondition(c.kind(), c.module(), c.range().text()))
                .toList(),
            update.allowDowngrade() ? Downgrades.ALLOWED : Downgrades.NEVER,
            update.wayBackRequired() ? WayBack.REQUIRED : WayBack.OPTIONAL,
            Preconditions.NONE,
            TypeApproval.NOT_RELEVANT,
            Support.NONE,
            "")
        .checked(catalog);
  }

  private static UpdateTarget target(PlainUpdate.Target target, int order) {
    List<TargetImage> images = new ArrayList<>();
    for (List<String> parts : target.images()) {
      images.add(new TargetImage(parts, "image-%d-%d.bin".formatted(order, images.size())));
    }
    return new UpdateTarget(
        target.module(),
        target.hardware(),
        target.hardwareVersions(),
        target.protocols(),
        target.from().text(),
        List.of(),
        target.to(),
        images,
        order);
  }

  static String json(UpdateDefinition update, ModuleCatalog catalog) {
    List<Map<String, Object>> conditions = new ArrayList<>();
    for (UpdateCondition condition : update.conditions()) {
      conditions.add(
          Map.of(
              "kind", condition.kind().name(),
              "place", conditions.size() + 1,
              "module", condition.module(),
              "range", condition.range(),
              "ranges", intervals(condition.versions(catalog))));
    }
    return text(
        Map.ofEntries(
            entry("name", update.name()),
            entry("version", update.version()),
            entry("title", update.title()),
            entry("category", update.category().name()),
            entry("models", update.models()),
            entry("powertrains", names(update.powertrains())),
            entry("wayBackRequired", update.wayBack() == WayBack.REQUIRED),
            entry("allowDowngrade", update.downgrades() == Downgrades.ALLOWED),
            entry("targets", update.targets().stream().map(t -> target(t, catalog)).toList()),
            entry("conditions", conditions),
            entry("preconditions", Map.of())));
  }

  private static Map<String, Object> target(UpdateTarget target, ModuleCatalog catalog) {
    return Map.ofEntries(
        entry("module", target.module()),
        entry("installOrder", target.installOrder()),
        entry("installGroup", target.installOrder()),
        entry("hardware", target.hardware()),
        entry("hardwareVersions", target.hardwareVersions()),
        entry("protocols", names(target.protocols())),
        entry("from", target.fromText()),
        entry("to", target.to()),
        entry("toKey", target.toKey(catalog)),
        entry("releaseCounter", 1),
        entry("ranges", intervals(target.range(catalog))),
        entry(
            "images",
            target.images().stream()
                .map(
                    image ->
                        Map.of(
                            "hardware",
                            image.hardware(),
                            "name",
                            image.path(),
                            "length",
                            10,
                            "sha256",
                            "aa",
                            "sha512",
                            "bb"))
                .toList()));
  }

  private static List<Map<String, @Nullable Object>> intervals(VersionRange range) {
    List<Map<String, @Nullable Object>> intervals = new ArrayList<>();
    for (VersionRange.Interval interval : range.intervals()) {
      Map<String, @Nullable Object> bounds = new HashMap<>();
      bounds.put("low", interval.low());
      bounds.put("high", interval.high());
      intervals.add(bounds);
    }
    return intervals;
  }

  static String json(PlainCampaign campaign, String updateDigest) {
    Map<String, Object> content = new HashMap<>();
    content.put("campaign", campaign.id());
    content.put("title", "T");
    content.put("author", "alice");
    content.put("urgency", campaign.urgency());
    content.put("priority", campaign.priority());
    content.put(
        "update",
        Map.of("name", campaign.update().name(), "version", "1.0.0", "digest", updateDigest));
    content.put(
        "audience",
        Map.of(
            "regions", campaign.regions(),
            "models", campaign.models(),
            "powertrains", names(campaign.powertrains()),
            "excludedVins", campaign.excluded()));
    content.put("gate", Map.of("silentAfterSeconds", 604800));
    if (campaign.begins() != null) {
      content.put(
          "window",
          Map.of(
              "begins",
              String.valueOf(campaign.begins()),
              "ends",
              String.valueOf(campaign.ends())));
    }
    return text(content);
  }

  private static String text(Map<String, Object> content) {
    return new String(CanonicalJson.encode(content), StandardCharsets.UTF_8);
  }

  private static List<String> names(List<? extends Enum<?>> constants) {
    return constants.stream().map(Enum::name).toList();
  }
}
