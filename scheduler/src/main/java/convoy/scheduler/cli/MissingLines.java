package convoy.scheduler.cli;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.MissingVehicles;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.scheduler.launch.InputName;
import java.util.List;

/** What is said of vehicles that full exports did not name. */
final class MissingLines {
  private static final int HASH = 8;

  private MissingLines() {}

  static List<String> exports(List<MissingVehicles.Export> exports) {
    return exports.isEmpty()
        ? List.of("no full export lacked a known vehicle")
        : exports.stream()
            .map(
                export ->
                    "%s %s  as of %s: %,d vehicles missing, %,d of them still"
                        .formatted(
                            export.sha256().substring(0, HASH),
                            export.name(),
                            export.asOf(),
                            export.missing(),
                            export.stillMissing()))
            .toList();
  }

  static List<String> vehicles(List<MissingVehicles.Vehicle> vehicles) {
    return vehicles.isEmpty()
        ? List.of("none of them is missing any more")
        : vehicles.stream()
            .map(
                v ->
                    "%s  %s, plant %s, last told of as of %s"
                        .formatted(
                            v.vin(),
                            v.model(),
                            v.plant() == null ? "unknown" : v.plant(),
                            v.lastSeenAt()))
            .toList();
  }

  /**
   * The export of that name, or whose hash begins so.
   *
   * @throws ConvoyException USAGE when there is none, or more than one
   */
  static MissingVehicles.Export find(FleetStore store, String file) {
    List<MissingVehicles.Export> exports = MissingVehicles.exports(store);
    List<MissingVehicles.Export> found =
        exports.stream().filter(e -> InputName.is(file, e.name(), e.sha256())).toList();
    if (found.size() != 1) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "%s: found %d such exports that lacked vehicles, expected one of %s"
              .formatted(
                  file,
                  found.size(),
                  exports.stream()
                      .map(e -> e.sha256().substring(0, HASH) + " " + e.name())
                      .toList()));
    }
    return found.get(0);
  }
}
