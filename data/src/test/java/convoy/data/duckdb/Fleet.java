package convoy.data.duckdb;

import convoy.data.campaign.RegionZones;
import convoy.data.campaign.Share;
import convoy.data.eligibility.MatchRules;
import convoy.data.trust.Hashes;
import convoy.data.vehicle.CheckedRow;
import convoy.data.vehicle.EcuFacts;
import convoy.data.vehicle.ExportKind;
import convoy.data.vehicle.Finding;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.OwnSettings;
import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.Protocol;
import convoy.data.vehicle.RuleTable;
import convoy.data.vehicle.VehicleFacts;
import convoy.data.version.VersionFormatException;
import convoy.data.version.VersionScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** Rows for tests of the fleet store, and the store itself in a temporary folder. */
final class Fleet {
  static final Instant NOW = Instant.parse("2026-11-01T03:00:00Z");

  /** SEMVER modules; vehicles that were not heard of for 300 days are stale; DE has two zones. */
  static final MatchRules MATCHING =
      new MatchRules(
          new ModuleCatalog(
              Stream.of("ABS", "BCM", "GATEWAY", "INFOTAINMENT", "RADAR")
                  .map(m -> new ModuleCatalog.Module(m, VersionScheme.SEMVER, List.of()))
                  .toList()),
          Duration.ofDays(300),
          new RegionZones(
              Map.of("DE", List.of(ZoneId.of("Europe/Berlin"), ZoneId.of("Europe/Lisbon"))),
              ZoneOffset.UTC));

  private static final RuleTable RULES = OwnSettings.defaults();

  private static final FleetStore.Options OPTIONS = new FleetStore.Options("1GB", 2, false);
  private static final byte[] EMPTY = empty();

  private Fleet() {}

  /** The store in that folder; a new one is a copy, since to make its tables takes a while. */
  static FleetStore open(Path folder) {
    Path file = folder.resolve("fleet.duckdb");
    try {
      if (Files.notExists(file)) {
        Files.write(file, EMPTY);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return FleetStore.open(file, OPTIONS);
  }

  private static byte[] empty() {
    try {
      Path folder = Files.createTempDirectory("convoy-store");
      Path file = folder.resolve("fleet.duckdb");
      FleetStore.open(file, OPTIONS).close();
      byte[] bytes = Files.readAllBytes(file);
      FileSystemUtils.deleteRecursively(folder);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CheckedRow vehicle(long line, String vin, String model, String region, String at) {
    return new CheckedRow(
        ExportKind.VEHICLES,
        null,
        line,
        "raw " + line,
        facts(vin, model, region),
        null,
        Instant.parse(at),
        List.of(),
        List.of());
  }

  static CheckedRow ecu(long line, String vin, String module, String version, String at) {
    return new CheckedRow(
        ExportKind.ECUS,
        null,
        line,
        "raw " + line,
        null,
        ecuFacts(vin, module, "HW-1", version),
        Instant.parse(at),
        List.of(),
        List.of());
  }

  static CheckedRow ecu(
      long line, String vin, String module, String hardware, String version, String at) {
    return new CheckedRow(
        ExportKind.ECUS,
        null,
        line,
        "raw " + line,
        null,
        ecuFacts(vin, module, hardware, version),
        Instant.parse(at),
        List.of(),
        List.of());
  }

  static CheckedRow flat(
      long line, String vin, String model, String module, String version, String at) {
    return new CheckedRow(
        ExportKind.FLAT,
        null,
        line,
        "raw " + line,
        facts(vin, model, "DE"),
        ecuFacts(vin, module, "HW-1", version),
        Instant.parse(at),
        List.of(),
        List.of());
  }

  static CheckedRow rejected(long line, String rule) {
    return new CheckedRow(
        ExportKind.ECUS,
        null,
        line,
        "raw " + line,
        null,
        null,
        null,
        List.of(new Finding(rule, "vin", "found", "expected")),
        List.of());
  }

  static VehicleFacts facts(String vin, String model, String region) {
    return new VehicleFacts(
        vin,
        model,
        2025,
        Powertrain.PETROL,
        region,
        "E-" + vin,
        null,
        LocalDate.of(2025, 3, 1),
        null);
  }

  static EcuFacts ecuFacts(String vin, String module, String hardware, String version) {
    return new EcuFacts(
        vin,
        module,
        vin + "-" + module,
        hardware,
        "H1",
        version,
        key(version),
        "CAL-1",
        Protocol.CAN,
        null,
        null);
  }

  static String key(String version) {
    try {
      return VersionScheme.SEMVER.key(version);
    } catch (VersionFormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Shards of so many vehicles, whose manifests hold for 30 days. */
  static Issuing.Packing packing(int perShard) {
    return new Issuing.Packing(perShard, Duration.ofDays(30));
  }

  /** Lands ten vehicles that the updates of {@link Samples} fit. */
  static void landTen(FleetStore store) {
    String at = "2026-10-01T10:00:00Z";
    List<CheckedRow> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String vin = "WVWZZZ1JZXW00000" + i;
      rows.add(vehicle(i, vin, "ASTER", "DE", at));
      rows.add(ecu(100 + i, vin, "ABS", "2.0.3", at));
      rows.add(ecu(200 + i, vin, "GATEWAY", "1.5.0", at));
      rows.add(ecu(300 + i, vin, "INFOTAINMENT", "5.5.0", at));
    }
    land(store, "fleet.csv", rows.toArray(CheckedRow[]::new));
  }

  /** Stages the rows in chunks of two and lands the file. */
  static ImportLedger.Entry land(FleetStore store, String name, CheckedRow... rows) {
    InputFile file = file(name);
    for (int i = 0; i < rows.length; i += 2) {
      ManufacturingStaging.append(
          store, file.sha256(), List.of(rows).subList(i, Math.min(i + 2, rows.length)));
    }
    return Landing.manufacturing(store, file, export(List.of(rows)), "run-1", NOW);
  }

  /** Stages and lands a full export of that plant; null: of vehicles without one. */
  static ImportLedger.Entry landFull(
      FleetStore store, String name, @Nullable String plant, CheckedRow... rows) {
    InputFile file = file(name);
    ManufacturingStaging.append(store, file.sha256(), List.of(rows));
    StagedExport delta = export(List.of(rows));
    StagedExport full =
        new StagedExport(true, plant, delta.rules(), delta.errorShare(), delta.raw());
    return Landing.manufacturing(store, file, full, "run-1", NOW);
  }

  /** A file of that name, with a hash of its own. */
  static InputFile file(String name) {
    return new InputFile(Hashes.sha256(name.getBytes(StandardCharsets.UTF_8)), name, 100);
  }

  static StagedExport export(List<CheckedRow> rows) {
    return new StagedExport(
        false,
        null,
        RULES,
        new ErrorShare(Share.parse("20%"), 20),
        (numbers, receiver) ->
            numbers.forEach(n -> receiver.accept(rows.get((int) (n - 1)).raw(), n)));
  }

  static List<String> ecus(FleetStore store) {
    return store.read(
        db ->
            db.text(
                    "select vin || ' ' || module || ' ' || software_version || ' ' || source from ecu order by all")
                .query(String.class)
                .list());
  }

  /** Prepares manifests while the image repository lists no re-release. */
  static int prepare(
      FleetStore store,
      String campaign,
      MatchRules rules,
      ZoneId zone,
      Issuing.Packing packing,
      Instant now) {
    return Issuing.prepare(store, campaign, rules, List.of(), List.of(), zone, packing, now)
        .manifests();
  }
}
