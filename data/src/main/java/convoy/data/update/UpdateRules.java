package convoy.data.update;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.update.UpdateCondition.Kind;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.version.VersionRange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rules between the parts of one update, whose modules are written as codes: what contradicts
 * itself is refused, since no vehicle could ever get it.
 */
final class UpdateRules {
  private UpdateRules() {}

  static void hold(UpdateDefinition update, ModuleCatalog catalog) {
    Map<String, UpdateTarget> targets =
        update.targets().stream().collect(Collectors.toMap(UpdateTarget::module, t -> t));
    groups(update.groups(), targets.keySet());
    Map<Kind, Map<String, UpdateCondition>> conditions =
        Map.of(Kind.REQUIRES, new HashMap<>(), Kind.CONFLICTS, new HashMap<>());
    for (UpdateCondition condition : update.conditions()) {
      UpdateCondition other =
          conditions.get(condition.kind()).putIfAbsent(condition.module(), condition);
      check(
          other == null,
          condition.kind().key(),
          condition,
          "each module once, with all in one range");
    }
    for (UpdateCondition required : conditions.get(Kind.REQUIRES).values()) {
      check(
          !targets.containsKey(required.module()),
          "requires",
          required,
          "a module that the update does not change itself: 'from' says what it starts from");
    }
    for (UpdateCondition conflict : conditions.get(Kind.CONFLICTS).values()) {
      conflict(
          conflict,
          conditions.get(Kind.REQUIRES).get(conflict.module()),
          targets.get(conflict.module()),
          catalog);
    }
  }

  private static void groups(List<List<String>> groups, Set<String> targets) {
    Set<String> grouped = new HashSet<>();
    for (List<String> group : groups) {
      check(group.size() > 1, "groups", group, "two or more modules in a group");
      for (String module : group) {
        check(targets.contains(module), "groups", module, "one of the targets' modules");
        check(grouped.add(module), "groups", module, "each module once");
      }
    }
  }

  private static void conflict(
      UpdateCondition conflict,
      @Nullable UpdateCondition required,
      @Nullable UpdateTarget target,
      ModuleCatalog catalog) {
    VersionRange versions = conflict.versions(catalog);
    if (required != null) {
      check(
          !Ranges.covers(versions, required.versions(catalog)),
          "conflicts",
          conflict,
          "a range that leaves some of what requires '%s' asks for".formatted(required));
    }
    if (target != null) {
      check(
          !versions.contains(target.toKey(catalog)),
          "conflicts",
          conflict,
          "a range without %s, which the update itself installs".formatted(target.to()));
      check(
          !Ranges.covers(versions, target.range(catalog)),
          "conflicts",
          conflict,
          "a range that leaves some of what the update starts from, '%s'"
              .formatted(target.fromText()));
    }
  }
}
