package convoy.data.update;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.Powertrain;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An update: a named, versioned software change for one or more modules, with its compatibility
 * rules.
 *
 * @param models the models that it is for; empty for all
 * @param powertrains the powertrains that it is for; empty for all
 * @param targets what it does, one for each module, in the order of installation
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
    String releaseNotes) {

  /** Holds the rules that need no catalogue; {@link #checked} holds the others. */
  public UpdateDefinition {
    models = List.copyOf(models);
    powertrains = List.copyOf(powertrains);
    targets = List.copyOf(targets);
    UpdateRef.check(name, version);
    DefinitionChecks.line("title", title);
    DefinitionChecks.distinct("models", models);
    DefinitionChecks.distinct("powertrains", powertrains);
    check(!targets.isEmpty(), "targets", "[]", "one or more");
    Set<String> modules = new HashSet<>();
    for (UpdateTarget target : targets) {
      check(modules.add(target.module()), "targets", target.module(), "each module once");
    }
  }

  /** Names this update. */
  public UpdateRef ref() {
    return new UpdateRef(name, version);
  }

  /**
   * The same definition with every target checked against the catalogue.
   *
   * @throws IllegalArgumentException as {@link UpdateTarget#checked} does, and when two targets
   *     name one module by different names
   */
  public UpdateDefinition checked(ModuleCatalog catalog) {
    List<UpdateTarget> known = targets.stream().map(t -> t.checked(catalog)).toList();
    return new UpdateDefinition(
        name, version, title, category, models, powertrains, known, releaseNotes);
  }
}
