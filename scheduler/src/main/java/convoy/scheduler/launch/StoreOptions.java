package convoy.scheduler.launch;

import convoy.config.ConvoySettings;
import convoy.data.duckdb.FleetStore;

/** The settings' word on how the fleet store is opened. */
public final class StoreOptions {
  private StoreOptions() {}

  /** How the store is opened to be read. */
  public static FleetStore.Options readOnly(ConvoySettings settings) {
    return new FleetStore.Options(
        settings.store().memoryLimit().toString(), settings.store().threads(), true);
  }

  /** How the store is opened to be changed by the actor, as the audit log will say. */
  public static FleetStore.Options of(ConvoySettings settings, String actor) {
    return new FleetStore.Options(
        settings.store().memoryLimit().toString(), settings.store().threads(), false, actor);
  }
}
