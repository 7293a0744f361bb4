package convoy.data.update;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.update.UpdateCondition.Kind;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.version.VersionRange;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    Map<String, UpdateCondition> requirements = ofKind(update, Kind.REQUIRES);
    for (UpdateCondition required : requirements.values()) {
      check(
          !targets.containsKey(required.module()),
          "requires",
          required,
          "a module that the update does not change itself: 'from' says what it starts from");
    }
    for (UpdateCondition conflict : ofKind(update, Kind.CONFLICTS).values()) {
      conflict(
          conflict, requirements.get(conflict.module()), targets.get(conflict.module()), catalog);
    }
  }

  /** The conditions of one kind by module, in their order. */
  private static Map<String, UpdateCondition> ofKind(UpdateDefinition update, Kind kind) {
    Map<String, UpdateCondition> conditions = new LinkedHashMap<>();
    for (UpdateCondition condition : update.conditions()) {
      if (condition.kind() == kind) {
        check(
            conditions.putIfAbsent(condition.module(), condition) == null,
            kind.key(),
            condition,
            "each module once, with all that is said of it in one range");
      }
    }
    return conditions;
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
