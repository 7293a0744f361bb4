package convoy.jobs.platform;

import convoy.data.duckdb.FleetStore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fleet store while a job holds it. The starter of jobs opens it before a job and closes it
 * after, so that other processes get their turn between jobs; the parts of a job ask here.
 */
public final class OpenStore {
  private final AtomicReference<@Nullable FleetStore> current = new AtomicReference<>();

  /**
   * The open store.
   *
   * @throws IllegalStateException when no job holds it
   */
  public FleetStore get() {
    FleetStore store = current.get();
    if (store == null) {
      throw new IllegalStateException(
          "the fleet store is not open: a job runs only through the job starter");
    }
    return store;
  }

  /** Runs the work with this store and closes the store after it, however the work ends. */
  public <T> T with(FleetStore store, Supplier<T> work) {
    try (store) {
      if (!current.compareAndSet(null, store)) {
        throw new IllegalStateException("the fleet store is open already");
      }
      try {
        return work.get();
      } finally {
        current.set(null);
      }
    }
  }
}
