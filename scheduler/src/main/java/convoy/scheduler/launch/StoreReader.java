package convoy.scheduler.launch;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.jobs.control.CampaignControl;
import convoy.scheduler.store.ProcessLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Opens the fleet store for one look, read-only or for one small change. */
public final class StoreReader {
  private StoreReader() {}

  /**
   * Reads from the fleet store, beside other readers; waits while a job holds it.
   *
   * @throws ConvoyException STORE_TAKEN when it is not free in time, CONFIGURATION when there is
   *     none yet
   */
  public static <T> T read(
      Home home,
      ConvoySettings settings,
      Console console,
      String what,
      Function<FleetStore, T> work) {
    return read(home, settings, settings.store().waitFor(), console, what, work);
  }

  /** The same with a wait of its own. */
  public static <T> T read(
      Home home,
      ConvoySettings settings,
      Duration wait,
      Console console,
      String what,
      Function<FleetStore, T> work) {
    Path file = home.store().resolve("fleet.duckdb");
    if (Files.notExists(file)) {
      throw new ConvoyException(
          ErrorCode.CONFIGURATION,
          file + ": found no fleet store, expected one made by ./convoy nightly");
    }
    try (ProcessLock.Held held = ProcessLock.ofStore(home.store()).read(what, wait, console::line);
        FleetStore store = FleetStore.open(file, StoreOptions.readOnly(settings))) {
      return work.apply(store);
    }
  }

  /**
   * Changes something in the fleet store, alone; waits while another process holds it.
   *
   * @param actor who the audit log says has acted
   */
  public static <T> T change(
      Home home,
      ConvoySettings settings,
      Console console,
      String what,
      String actor,
      Function<FleetStore, T> work) {
    return change(home, settings, settings.store().waitFor(), console, what, actor, work);
  }

  /**
   * The same with a wait of its own. What others asked of campaigns, and is not done yet, comes
   * first.
   */
  public static <T> T change(
      Home home,
      ConvoySettings settings,
      Duration wait,
      Console console,
      String what,
      String actor,
      Function<FleetStore, T> work) {
    try (ProcessLock.Held held =
            ProcessLock.ofStore(home.store()).write(what, wait, console::line);
        FleetStore store =
            FleetStore.open(
                home.store().resolve("fleet.duckdb"), StoreOptions.of(settings, actor))) {
      CampaignControl.of(home, settings, Modules.catalog(settings))
          .catchUp(store, Instant.now())
          .forEach(console::line);
      return work.apply(store);
    }
  }
}
