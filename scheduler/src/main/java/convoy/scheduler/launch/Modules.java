package convoy.scheduler.launch;

import convoy.config.ConvoySettings;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.version.VersionScheme;
import convoy.jobs.importvehicles.ImportRules;

/** The settings' modules as the jobs know them. */
public final class Modules {
  private Modules() {}

  /** The catalogue of the modules that the settings list. */
  public static ModuleCatalog catalog(ConvoySettings settings) {
    return new ModuleCatalog(
        settings.modules().entrySet().stream()
            .map(
                entry ->
                    new ModuleCatalog.Module(
                        entry.getKey(),
                        VersionScheme.of(
                            entry.getValue().scheme().name(), entry.getValue().releasesInOrder()),
                        entry.getValue().also()))
            .toList());
  }

  /**
   * Checks the rules for imports, which the settings' own reader knows only the form of.
   *
   * @throws IllegalArgumentException when one is refused; the message begins with its path
   */
  public static void checkRules(ConvoySettings settings) {
    ImportRules.table(settings.imports(), catalog(settings));
  }
}
