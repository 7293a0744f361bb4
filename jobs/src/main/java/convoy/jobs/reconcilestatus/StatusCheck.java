package convoy.jobs.reconcilestatus;

import convoy.data.duckdb.StatusStaging;
import convoy.data.status.StatusEvent;
import convoy.data.status.StatusRow;
import convoy.data.vehicle.Finding;
import convoy.data.vehicle.Memo;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.version.VersionFormatException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules for single status events that need the catalogue of modules or the time. For one
 * thread.
 */
final class StatusCheck {
  // A vehicle's clock may be wrong; one that is ahead by more would let its event outlive all later
  // ones.
  static final Duration AHEAD = Duration.ofDays(1);

  private final ModuleCatalog modules;
  private final Memo<ModuleCatalog.Module> known;
  // By module, the keys of versions.
  private final Map<String, Memo<String>> keys = new HashMap<>();
  private final Instant latest;

  StatusCheck(ModuleCatalog modules, Instant now) {
    this.modules = modules;
    this.known = new Memo<>(name -> modules.find(name).orElse(null));
    this.latest = now.plus(AHEAD);
  }

  StatusStaging.Row check(StatusRow row) {
    StatusEvent event = row.event();
    if (event == null) {
      return rejected(row, row.rejections());
    }
    if (event.at().isAfter(latest)) {
      return rejected(
          row,
          List.of(
              new Finding(
                  "EVENT_TIME", "at", event.at().toString(), "a time not after " + latest)));
    }
    ModuleCatalog.Module module = known.get(event.module());
    if (module == null) {
      return rejected(
          row,
          List.of(
              new Finding(
                  "MODULE_UNKNOWN",
                  "module",
                  event.module(),
                  "one of " + String.join(", ", modules.codes()))));
    }
    String reported = event.reportedVersion();
    String key = reported == null ? null : keys(module).get(reported);
    if (reported != null && key == null) {
      return rejected(
          row,
          List.of(
              new Finding(
                  "SOFTWARE_VERSION",
                  "reported_version",
                  reported,
                  module.scheme().expected(reported))));
    }
    return new StatusStaging.Row(row.line(), row.raw(), event, key, List.of());
  }

  private Memo<String> keys(ModuleCatalog.Module module) {
    return keys.computeIfAbsent(module.code(), code -> new Memo<>(version -> key(module, version)));
  }

  private static @Nullable String key(ModuleCatalog.Module module, String version) {
    try {
      return module.scheme().key(version);
    } catch (VersionFormatException e) {
      return null;
    }
  }

  private static StatusStaging.Row rejected(StatusRow row, List<Finding> rejections) {
    return new StatusStaging.Row(row.line(), row.raw(), null, null, rejections);
  }
}
