package convoy.jobs.reconcilestatus;

import convoy.data.duckdb.StatusStaging;
import convoy.data.status.StatusEvent;
import convoy.data.status.StatusRow;
import convoy.data.vehicle.Finding;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.version.VersionFormatException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rules for single status events that need the catalogue of modules or the time. */
final class StatusCheck {
  // A vehicle's clock may be wrong; one that is ahead by more would let its event outlive all later
  // ones.
  static final Duration AHEAD = Duration.ofDays(1);

  private final ModuleCatalog modules;
  private final Instant latest;

  StatusCheck(ModuleCatalog modules, Instant now) {
    this.modules = modules;
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
    Optional<ModuleCatalog.Module> module = modules.find(event.module());
    if (module.isEmpty()) {
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
    try {
      String key = reported == null ? null : module.get().scheme().key(reported);
      return new StatusStaging.Row(row.line(), row.raw(), event, key, List.of());
    } catch (VersionFormatException e) {
      return rejected(
          row,
          List.of(
              new Finding(
                  "SOFTWARE_VERSION",
                  "reported_version",
                  String.valueOf(reported),
                  module.get().scheme().expected(String.valueOf(reported)))));
    }
  }

  private static StatusStaging.Row rejected(StatusRow row, List<Finding> rejections) {
    return new StatusStaging.Row(row.line(), row.raw(), null, null, rejections);
  }
}
