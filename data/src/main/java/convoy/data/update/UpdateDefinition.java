package convoy.data.update;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.Powertrain;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An update: a named, versioned software change for one or more modules, with its compatibility
 * rules.
 *
 * @param models the models that it is for; empty for all
 * @param powertrains the powertrains that it is for; empty for all
 * @param targets what it does, one for each module, in the order of installation
 * @param groups modules that change together or not at all; one that is in none stands alone
 * @param conditions requirements and conflicts, in the order in which people are told of them
 * @param releaseNotes for owners and workshops; may be empty and have many lines
 */
public record UpdateDefinition(
    String name,
    String version,
    String title,
    UpdateCategory category,
    List<String> models,
    List<Powertrain> powertrains,
    List<UpdateTarget> targets,
    List<List<String>> groups,
    List<UpdateCondition> conditions,
    Downgrades downgrades,
    WayBack wayBack,
    Preconditions preconditions,
    TypeApproval typeApproval,
    Support support,
    String releaseNotes) {

  /** Holds the rules that need no catalogue; {@link #checked} holds the others. */
  public UpdateDefinition {
    models = List.copyOf(models);
    powertrains = List.copyOf(powertrains);
    targets = targets.stream().sorted(Comparator.comparingInt(UpdateTarget::installOrder)).toList();
    groups = groups.stream().map(List::copyOf).toList();
    conditions = List.copyOf(conditions);
    UpdateRef.check(name, version);
    DefinitionChecks.line("title", title);
    DefinitionChecks.distinct("models", models);
    DefinitionChecks.distinct("powertrains", powertrains);
    check(!targets.isEmpty(), "targets", "[]", "one or more");
    Map<String, Integer> orders = new HashMap<>();
    Map<Integer, String> modules = new HashMap<>();
    for (UpdateTarget target : targets) {
      Integer earlier = orders.putIfAbsent(target.module(), target.installOrder());
      check(earlier == null, "targets", target.module(), "each module once");
      String other = modules.putIfAbsent(target.installOrder(), target.module());
      check(
          other == null,
          "targets",
          target.module(),
          "another install-order than %d, which is that of %s"
              .formatted(target.installOrder(), other));
    }
  }

  /** Names this update. */
  public UpdateRef ref() {
    return new UpdateRef(name, version);
  }

  /**
   * The number of the group that the module changes with: targets of one number change together or
   * not at all. Groups are numbered from 1 in the order of installation.
   */
  public int installGroup(String module) {
    List<List<String>> numbered =
        targets.stream().map(t -> groupOf(t.module())).distinct().toList();
    return numbered.indexOf(groupOf(module)) + 1;
  }

  private List<String> groupOf(String module) {
    return groups.stream().filter(g -> g.contains(module)).findFirst().orElse(List.of(module));
  }

  /**
   * The same definition, with module codes in place of synonyms, once every rule that needs the
   * catalogue holds.
   *
   * @throws IllegalArgumentException as {@link UpdateTarget#checked} and {@link
   *     UpdateCondition#checked} do, when two targets name one module by different names, and when
   *     rules contradict one another
   */
  public UpdateDefinition checked(ModuleCatalog catalog) {
    UpdateDefinition known =
        new UpdateDefinition(
            name,
            version,
            title,
            category,
            models,
            powertrains,
            targets.stream().map(t -> t.checked(catalog, downgrades)).toList(),
            groups.stream().map(g -> g.stream().map(m -> code(catalog, m)).toList()).toList(),
            conditions.stream().map(c -> c.checked(catalog)).toList(),
            downgrades,
            wayBack,
            preconditions,
            typeApproval,
            support,
            releaseNotes);
    UpdateRules.hold(known, catalog);
    return known;
  }

  private static String code(ModuleCatalog catalog, String module) {
    return DefinitionChecks.module(catalog, "groups", module).code();
  }
}
