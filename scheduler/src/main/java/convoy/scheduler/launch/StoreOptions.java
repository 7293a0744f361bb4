package convoy.scheduler.launch;

import convoy.config.ConvoySettings;
import convoy.data.duckdb.FleetStore;

/** The settings' word on how the fleet store is opened. */
public final class StoreOptions {
  private StoreOptions() {}

  /** How the store is opened; {@code readOnly} to refuse every change. */
  public static FleetStore.Options of(ConvoySettings settings, boolean readOnly) {
    return new FleetStore.Options(
        settings.store().memoryLimit().toString(), settings.store().threads(), readOnly);
  }
}
