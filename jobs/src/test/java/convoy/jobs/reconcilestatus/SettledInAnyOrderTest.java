package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.status.ReportedState;
import convoy.data.status.StatusEvent;
import convoy.data.vehicle.Vin;
import convoy.jobs.JobHarness;
import convoy.jobs.PlantExports;
import convoy.jobs.TestHome;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.matcheligibility.MatchEligibilityJobConfiguration;
import convoy.jobs.planwaves.PlanWavesJobConfiguration;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Events in any order, with all that follows from them done between their deliveries: what is known
 * is folded, deadlines pass, gates decide, retries and rollbacks are issued, and vehicles are
 * withdrawn. Vehicles that tell the same end the same (DESIGN rule 5.8). Each is drawn its own
 * order: events are torn apart, repeated, and up to weeks late.
 *
 * <p>What a vehicle tells of an attempt it tells only where it was given that attempt. So left out
 * are those of which the order decides what they are given, and that in turn how they end: such as
 * a failure that asks for a workshop before one after which the vehicle goes back.
 */
class SettledInAnyOrderTest {
  private static final String EXPORTED_AT = "2026-11-20T22:00:00Z";
  private static final String BACK = "permanent, so what is installed of it is rolled back";

  /**
   * The hardware of a unit that is built in once its vehicle has a manifest: nothing leads back.
   */
  private static final String REPLACED = "5Q0-2";

  /**
   * What vehicles tell: of each attempt of the update ({@code U1}), and each time that they are
   * told to go back ({@code B1}), events of the gateway (G) and the infotainment (I) with the
   * minutes since that manifest: what it says, and the version or the error, or both. Behind the
   * bar how they end, with their versions.
   */
  private static final String TABLE =
      """
      installs               U1: G 10 INSTALLING, G 20 INSTALLED 3.3.0, I 30 DOWNLOADED, I 40 INSTALLED 5.5.0
        | INSTALLED|-|-|-|3.3.0 5.5.0
      heals                  U1: I 20 FAILED 5.4.2 POWER_LOSS, G 30 INSTALLED 3.3.0, I 60 INSTALLED 5.5.0; U2: I 10 DOWNLOADING
        | INSTALLED|-|-|-|3.3.0 5.5.0
      second-attempt         U1: I 20 FAILED 5.4.2 FLASH_FAILED, I 25 FAILED 5.4.2 POWER_LOSS; U2: G 20 INSTALLED 3.3.0, I 40 INSTALLED 5.5.0
        | INSTALLED|-|-|-|3.3.0 5.5.0
      exhausted              U1: G 5 DOWNLOADING, I 20 FAILED 5.4.2 POWER_LOSS; U2: I 20 FAILED 5.4.2 POWER_LOSS
        | FAILED|POWER_LOSS|INFOTAINMENT|attempts exhausted: 2 of 2; nothing of it is installed|3.2.1 5.4.2
      lies                   U1: G 20 INSTALLED 3.3.0, I 40 INSTALLED 5.4.2; U2: I 40 INSTALLED 5.5.0
        | INSTALLED|-|-|-|3.3.0 5.5.0
      falls-back             U1: G 20 INSTALLED 3.3.0, I 40 INSTALLED 5.5.0, I 90 INSTALLED 5.4.2; U2: I 40 INSTALLED 5.5.0
        | INSTALLED|-|-|-|3.3.0 5.5.0
      declines               U1: G 10 RECEIVED, I 10 RECEIVED, G 20 DECLINED, I 20 DECLINED
        | DECLINED|-|-|-|3.2.1 5.4.2
      declines-then-installs U1: I 20 DECLINED, G 30 INSTALLED 3.3.0, I 40 INSTALLED 5.5.0
        | INSTALLED|-|-|-|3.3.0 5.5.0
      breaks-off             U1: G 10 RECEIVED, G 20 DOWNLOADING, I 10 RECEIVED
        | EXPIRED|-|-|its manifest ran out without an outcome|3.2.1 5.4.2
      withdrawn              U1: G 20 INSTALLED 3.3.0, I 30 INSTALLING, I 40 INSTALLED 5.5.0
        | INSTALLED|-|-|-|3.3.0 5.5.0
      half                   U1: G 20 INSTALLED 3.3.0, I 40 FAILED 5.4.2 WRONG_HARDWARE; B1: G 30 INSTALLING 3.3.0, G 40 INSTALLED 3.2.1
        | ROLLED_BACK|WRONG_HARDWARE|INFOTAINMENT|%1$s|3.2.1 5.4.2
      mute                   U1: G 20 INSTALLED 3.3.0, I 40 FAILED WRONG_HARDWARE; B1: G 40 INSTALLED 3.2.1, I 40 INSTALLED 5.4.2; B2: G 40 INSTALLED 3.2.1, I 40 INSTALLED 5.4.2
        | ROLLED_BACK|WRONG_HARDWARE|INFOTAINMENT|%1$s|3.2.1 5.4.2
      recovers               U1: G 20 INSTALLED 3.3.0, I 40 FAILED WRONG_HARDWARE, I 60 INSTALLING 5.4.2, I 70 FAILED 5.4.2 POWER_LOSS; U2: I 40 FAILED 5.4.2 WRONG_HARDWARE; B1: G 40 INSTALLED 3.2.1, I 40 INSTALLED 5.4.2; B2: G 40 INSTALLED 3.2.1, I 40 INSTALLED 5.4.2
        | ROLLED_BACK|WRONG_HARDWARE|INFOTAINMENT|%1$s|3.2.1 5.4.2
      workshop-too-late      U1: G 20 INSTALLED 3.3.0, I 40 FAILED 5.4.2 WRONG_HARDWARE, I 60 FAILED 5.4.2 ECU_UNRESPONSIVE; B1: G 40 INSTALLED 3.2.1
        | ROLLED_BACK|WRONG_HARDWARE|INFOTAINMENT|%1$s|3.2.1 5.4.2
      second-way-back        U1: G 20 INSTALLED 3.3.0, I 40 FAILED 5.4.2 WRONG_HARDWARE; B1: G 40 FAILED 3.3.0 POWER_LOSS; B2: G 40 INSTALLED 3.2.1
        | ROLLED_BACK|WRONG_HARDWARE|INFOTAINMENT|%1$s|3.2.1 5.4.2
      no-way-back-works      U1: G 20 INSTALLED 3.3.0, I 40 FAILED 5.4.2 WRONG_HARDWARE; B1: G 40 FAILED 3.3.0 POWER_LOSS; B2: G 40 FAILED 3.3.0 FLASH_FAILED
        | SERVICE_REQUIRED|FLASH_FAILED|GATEWAY|its rollback failed: attempts exhausted: 2 of 2|3.3.0 5.4.2
      lost-on-the-way-back   U1: G 20 INSTALLED 3.3.0, I 40 FAILED 5.4.2 WRONG_HARDWARE; B1: G 30 INSTALLING 3.3.0
        | SERVICE_REQUIRED|WRONG_HARDWARE|INFOTAINMENT|its rollback ran out without an outcome|3.3.0 5.4.2
      workshop               U1: G 20 INSTALLED 3.3.0, I 40 FAILED ECU_UNRESPONSIVE, I 50 INSTALLING
        | SERVICE_REQUIRED|ECU_UNRESPONSIVE|INFOTAINMENT|workshop|3.3.0 5.4.2
      replaced               U1: G 20 INSTALLED 3.3.0, I 40 FAILED 5.4.2 WRONG_HARDWARE, I 50 FAILED 5.4.2 POWER_LOSS; U2: I 40 FAILED 5.4.2 WRONG_HARDWARE
        | SERVICE_REQUIRED|WRONG_HARDWARE|INFOTAINMENT|it cannot go back: its GATEWAY has hardware 5Q0-2, and had 5Q0-1; %1$s|3.3.0 5.4.2
      """
          .formatted(BACK);

  /** Vehicles that tell the same, and how they end. */
  private record Script(String name, Map<String, List<String>> told, String end) {
    static List<Script> all() {
      List<String> lines = TABLE.lines().toList();
      return IntStream.range(0, lines.size() / 2)
          .mapToObj(i -> of(lines.get(2 * i), lines.get(2 * i + 1)))
          .toList();
    }

    private static Script of(String line, String end) {
      String[] parts = line.split(" +", 2);
      Map<String, List<String>> told = new HashMap<>();
      for (String attempt : parts[1].split("; ", -1)) {
        told.put(attempt.substring(0, 2), List.of(attempt.substring(4).split(", ", -1)));
      }
      return new Script(parts[0], told, end.strip().substring(2));
    }
  }

  private final List<Script> scripts = Script.all();
  private final Map<String, Script> byVin = new TreeMap<>();
  private final Set<String> given = new HashSet<>();
  private final TreeMap<Integer, List<StatusEvent>> underWay = new TreeMap<>();
  private Random random = new Random(0);
  private int night;
  private int nights;

  @Test
  @Tag("long")
  void vehiclesThatTellTheSameEndTheSame(@TempDir Path folder) throws IOException {
    play(folder, 1, 3, 2, Duration.ofDays(6));
  }

  @ParameterizedTest
  @Tag("long")
  @ValueSource(longs = {2, 3, 4, 5, 6})
  void soTheyDoInManyOrders(long seed, @TempDir Path folder) throws IOException {
    play(folder, seed, 25, 12, Duration.ofHours(20 + 30 * seed));
  }

  /**
   * @param copies vehicles of each script
   * @param spread over how many nights what they tell of a manifest arrives
   * @param atMost between two nights
   */
  private void play(Path folder, long seed, int copies, int spread, Duration atMost)
      throws IOException {
    random = new Random(seed);
    nights = spread;
    try (JobHarness jobs = new JobHarness(TestHome.install(folder.resolve("home"), ""))) {
      begin(jobs, copies);
      while (!underWay.isEmpty()) {
        deliver(jobs);
        withdraw(jobs);
        settle(jobs);
        jobs.clock().forward(Duration.ofSeconds(random.nextLong(3600, atMost.toSeconds())));
      }
      assertThat(night).as("deliveries").isBetween(6, 90);
      assertThat(jobs.sql().rows("select state from campaign"))
          .as("its gates: %s", jobs.sql().rows("select wave, explanation from gate_decision"))
          .containsAnyOf("RUNNING", "COMPLETED");
      jobs.clock().forward(Duration.ofDays(60));
      settle(jobs);

      assertThat(underWay).as("what was not given before the end").isEmpty();
      assertThat(ends(jobs)).hasSameSizeAs(byVin.keySet()).filteredOn(this::isUnexpected).isEmpty();
      assertThat(jobs.sql().rows("select state from wave order by wave"))
          .containsExactly("SUCCEEDED", "SUCCEEDED");
      assertThat(jobs.sql().rows("select state from campaign")).containsExactly("COMPLETED");
    }
  }

  private void begin(JobHarness jobs, int copies) throws IOException {
    List<String> vehicles = new ArrayList<>();
    List<String> ecus = new ArrayList<>();
    for (int i = 0; i < scripts.size() * copies; i++) {
      Script script = scripts.get(i % scripts.size());
      String vin = Vin.withCheckDigit("WVWKP2BR0RW%06d".formatted(i + 1));
      byVin.put(vin, script);
      vehicles.add(PlantExports.vehicle(vin, "Brevik", "DE", EXPORTED_AT));
      ecus.add(PlantExports.ecu(vin, "GATEWAY", "5Q0-1", "3.2.1", EXPORTED_AT));
      ecus.add(PlantExports.ecu(vin, "INFOTAINMENT", "I-1", "5.4.2", EXPORTED_AT));
    }
    RunningCampaign.export(jobs, "vehicles.csv", PlantExports.VEHICLES, vehicles);
    RunningCampaign.export(jobs, "ecus.csv", PlantExports.ECUS, ecus);
    TestHome.write(jobs.home().root(), definitions());
    jobs.summary(RegisterDefinitionsJobConfiguration.JOB, "night-0");
    TestHome.approve(jobs, "media", "bob");
    jobs.summary(MatchEligibilityJobConfiguration.JOB, "night-0");
    jobs.summary(PlanWavesJobConfiguration.JOB, "night-0");
    settle(jobs);
    jobs.clock().forward(Duration.ofHours(2));
  }

  private static Map<String, String> definitions() {
    Map<String, String> files = new HashMap<>();
    for (String image : List.of("g-3.2.1", "i-5.4.2", "g-3.3.0", "i-5.5.0")) {
      files.put("updates/" + image + ".bin", "image " + image);
    }
    String update =
        """
        update: %s
        version: 1.0.0
        title: Maps
        category: FEATURE
        targets:
          - { module: GATEWAY, from: "<%2$s", to: %2$s, image: g-%2$s.bin }
          - { module: INFOTAINMENT, from: "<%3$s", to: %3$s, image: i-%3$s.bin }
        """;
    files.put("updates/a-base.yaml", update.formatted("base", "3.2.1", "5.4.2"));
    files.put("updates/b-media.yaml", update.formatted("media", "3.3.0", "5.5.0"));
    files.put(
        "campaigns/media.yaml",
        """
        campaign: media
        title: Maps
        update: media 1.0.0
        author: alice
        urgency: SCHEDULED
        priority: 50
        waves:
          - { name: most, share: 70% }
          - { name: all, share: rest }
        gate:
          success: 20%
          pause-on-failure: 1000 vehicles
          abort-on-failure: 2000 vehicles
          minimum-reports: 20
          silent: HELD
          silent-after: P5D
        retry: { attempts: 2, backoff: PT12H }
        rollback: { when: FAILED_FOR_GOOD }
        """);
    return files;
  }

  /** What comes in on the next night, in any order. */
  private void deliver(JobHarness jobs) {
    List<StatusEvent> events = new ArrayList<>(underWay.pollFirstEntry().getValue());
    Collections.shuffle(events, random);
    assertThat(RunningCampaign.report(jobs, "log-" + night + ".csv", events))
        .matches(".*( 0 quarantined|: taken over before as .*)");
  }

  private void withdraw(JobHarness jobs) {
    byVin.forEach(
        (vin, script) -> {
          if (script.name().equals("withdrawn")
              && given.contains(vin + " 1")
              && random.nextInt(8) == 0) {
            jobs.withdraw("bob", "media", new WithdrawnVehicles(null, List.of(vin)));
            jobs.clock().forward(Duration.ofSeconds(1));
          }
        });
  }

  /** All that follows from what is known; then vehicles tell of what they are given. */
  private void settle(JobHarness jobs) {
    String run = "night-" + night++;
    if (night > 1) {
      jobs.summary(ReconcileStatusJobConfiguration.JOB, run);
    }
    jobs.summary(IssueManifestsJobConfiguration.JOB, run);
    List<String> replaced = new ArrayList<>();
    for (String row :
        jobs.sql()
            .rows(
                """
                select vin, version, attempt,
                  case when rollback is null then 'U' || attempt
                    else 'B' || count(rollback) over (partition by vin order by version) end,
                  strftime(issued_at, '%Y-%m-%dT%H:%M:%SZ'),
                  (select string_agg(left(k.module, 1)) from manifest_target k
                    where k.vin = m.vin and k.version = m.version)
                from manifest m where state = 'ISSUED' and withdrawal is null order by vin, version
                """)) {
      String[] manifest = row.split("\\|", -1);
      if (given.add(manifest[0] + " " + manifest[1])) {
        tell(manifest);
        // Once: a later export of 3.2.1 would say that the vehicle is back by itself.
        if (byVin.get(manifest[0]).name().equals("replaced") && manifest[3].equals("U1")) {
          replaced.add(
              PlantExports.ecu(
                  manifest[0], "GATEWAY", REPLACED, "3.2.1", jobs.clock().instant().toString()));
        }
      }
    }
    if (!replaced.isEmpty()) {
      RunningCampaign.export(jobs, run + ".csv", PlantExports.ECUS, replaced);
    }
  }

  /** Each event of an ECU that it names arrives on one or several of the nights that follow. */
  private void tell(String[] manifest) {
    Script script = byVin.get(manifest[0]);
    for (String event : script.told().getOrDefault(manifest[3], List.of())) {
      if (!manifest[5].contains(event.substring(0, 1))) {
        continue;
      }
      int times = 1 + random.nextInt(3) / 2;
      for (int i = 0; i < times; i++) {
        underWay
            .computeIfAbsent(night + random.nextInt(nights), n -> new ArrayList<>())
            .add(event(manifest, event.split(" ", -1)));
      }
    }
  }

  private static StatusEvent event(String[] manifest, String[] told) {
    String version = null;
    String error = null;
    for (int i = 3; i < told.length; i++) {
      if (Character.isDigit(told[i].charAt(0))) {
        version = told[i];
      } else {
        error = told[i];
      }
    }
    return new StatusEvent(
        String.join("-", manifest[0], manifest[1], told[0], told[1]),
        Instant.parse(manifest[4]).plus(Duration.ofMinutes(Long.parseLong(told[1]))),
        manifest[0],
        told[0].equals("G") ? "GATEWAY" : "INFOTAINMENT",
        "media",
        Long.parseLong(manifest[1]),
        Integer.parseInt(manifest[2]),
        ReportedState.valueOf(told[2]),
        version,
        error,
        null);
  }

  private boolean isUnexpected(String end) {
    return scripts.stream().noneMatch(script -> end.equals(script.name() + ": " + script.end()));
  }

  private List<String> ends(JobHarness jobs) {
    return jobs
        .sql()
        .rows(
            """
            select a.vin, a.state, a.error_code, a.failed_module, a.reason,
              string_agg(e.software_version, ' ' order by e.module)
            from assignment a join ecu e on e.vin = a.vin
            group by a.vin, a.state, a.error_code, a.failed_module, a.reason
            """)
        .stream()
        .map(row -> row.split("\\|", 2))
        .map(row -> byVin.get(row[0]).name() + ": " + row[1])
        .toList();
  }
}
