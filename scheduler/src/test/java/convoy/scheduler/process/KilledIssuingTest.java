package convoy.scheduler.process;

import static convoy.scheduler.process.TestHome.CAMPAIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.io.FileDigest;
import convoy.data.manifest.ImageRepository;
import convoy.data.manifest.ImageTargets;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestVerifier;
import convoy.data.manifest.RootChain;
import convoy.data.status.ReportedState;
import convoy.data.status.StatusEvent;
import convoy.jobs.samples.SampleData;
import convoy.readers.manifest.ShardReader;
import convoy.writers.status.StatusLogWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * kill -9 in the middle of issuing: after a restart every vehicle of the released wave has its
 * manifest, none has two, and a shard that was there before is the same afterwards.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledIssuingTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long SEED = 7;

  private TestHome approved;
  private int shards;

  /** A fleet and an approved campaign whose one wave has all eligible vehicles. */
  @BeforeAll
  void prepareTheCampaign(@TempDir Path folder) throws Exception {
    approved = TestHome.make(folder, "approved", "manifests:\n  chunk-vehicles: 4\n");
    approved.deliverFleet(SEED, 800, 0);
    SampleData.writeDefinitions(approved.home().root(), SEED);
    releaseAllAtOnce(approved.home().campaigns().resolve(CAMPAIGN + ".yaml"));
    assertThat(approved.runHere("nightly").status()).isZero();
    approved.approve();
    long eligible =
        approved.number("select count(*) from eligible where campaign = '" + CAMPAIGN + "'");
    shards = (int) ((eligible + 3) / 4);
    assertThat(shards).isGreaterThan(20);
  }

  @Test
  void aKillAmongTheShardsLeavesEachVehicleExactlyOneManifest() throws Exception {
    issueKilledAfter(17);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("allShardsButTheLastFew")
  void aKillAfterAnyShardLeavesEachVehicleExactlyOneManifest(int shard) throws Exception {
    issueKilledAfter(shard);
  }

  Stream<Integer> allShardsButTheLastFew() {
    return Stream.iterate(1, n -> n < shards - 5, n -> n + 3);
  }

  private void issueKilledAfter(int shard) throws Exception {
    TestHome home = approved.copy("killed-after-" + shard + "-of-" + shards);
    killAfter(home, shard, "nightly");
    Map<Path, String> before = digests(home);
    assertThat(before).hasSizeBetween(shard, shards - 1);
    assertTheNextRunIssuesTheRest(home, before);
  }

  private void assertTheNextRunIssuesTheRest(TestHome home, Map<Path, String> before)
      throws Exception {
    var second = home.run("nightly");
    assertThat(second.err()).isEmpty();
    assertThat(second.status()).isZero();
    assertThat(second.out()).contains("taking up the run of ").contains(", which was cut off\n");
    assertThat(digests(home)).hasSize(shards).containsAllEntriesOf(before);
    List<String> issued = verifiedVehicles(home);
    assertThat(issued).doesNotHaveDuplicates();
    assertThat(home.rows("select vin from eligible where campaign = '" + CAMPAIGN + "'"))
        .containsExactlyInAnyOrderElementsOf(issued);
    assertThat(
            home.rows(
                "select campaign, wave, state, attempt, count(*) from assignment group by all"))
        .containsExactly(CAMPAIGN + "|1|ISSUED|1|" + issued.size());
    assertThat(home.rows("select state, version, count(*) from manifest group by all"))
        .containsExactly("ISSUED|1|" + issued.size());
    assertThat(home.number("select count(*) from audit_log where act = 'MANIFESTS_ISSUED'"))
        .isEqualTo(shards);
  }

  /** Neither a shard nor the stores can be written from then on. */
  @Tag("long")
  @Test
  void aFullDiskAmongTheShardsIsNamedAndTheNextRunWritesTheRest() throws Exception {
    TestHome home = approved.copy("full");
    try (ConvoyProcess nightly = home.start("nightly")) {
      Await.until("5 shards", LIMIT, () -> home.shards().size() >= 5 || !nightly.isAlive());
      DiskFullTest.limitFiles(nightly.pid(), 4_000);
      var full = nightly.await();
      assertThat(full.err())
          .startsWith("convoy: the disk is full (")
          .contains(
              "): expected room to write; make some and run the same command again: it goes on"
                  + " where it stopped, and nothing is half taken over\n")
          .doesNotContain("\tat ");
      assertThat(full.status()).isEqualTo(1);
    }
    Map<Path, String> before = digests(home);
    assertThat(before).hasSizeBetween(5, shards - 1);
    try (Stream<Path> files = Files.walk(home.home().outbox())) {
      assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
    }
    assertTheNextRunIssuesTheRest(home, before);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 9, 16})
  void aKillWhileWithdrawingLeavesEachVehicleExactlyOneEmptyManifest(int shard) throws Exception {
    TestHome home = approved.copy("withdrawn-killed-after-" + shard);
    assertThat(home.run("nightly").status()).isZero();
    Map<Path, String> issued = digests(home);
    killAfter(
        home,
        issued.size() + shard,
        "campaign",
        "withdraw",
        CAMPAIGN,
        "--reason",
        "smoke",
        "--by",
        "bob");
    Map<Path, String> before = digests(home);
    assertThat(before).hasSizeLessThan(2 * issued.size()).containsAllEntriesOf(issued);

    assertThat(home.run("nightly").err()).isEmpty();

    assertThat(digests(home)).hasSize(2 * issued.size()).containsAllEntriesOf(before);
    assertThat(verifiedVehicles(home).stream().collect(Collectors.groupingBy(v -> v)).values())
        .allSatisfy(manifests -> assertThat(manifests).hasSize(2));
    assertThat(
            home.rows(
                "select version, withdraws, state, count(*) from manifest group by all order by all"))
        .containsExactly("1|null|ISSUED|" + vehicles(home), "2|1|ISSUED|" + vehicles(home));
    assertThat(home.rows("select distinct state from assignment")).containsExactly("CANCELLED");
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12})
  void aKillWhileRollingBackLeavesEachVehicleExactlyOneManifestThatTakesItBack(int shard)
      throws Exception {
    TestHome home = approved.copy("rolled-back-killed-after-" + shard);
    installEverywhere(home);
    Map<Path, String> issued = digests(home);
    killAfter(
        home,
        issued.size() + shard,
        "campaign",
        "rollback",
        CAMPAIGN,
        "--reason",
        "smoke",
        "--by",
        "bob");
    Map<Path, String> before = digests(home);
    assertThat(before).hasSizeLessThan(2 * issued.size()).containsAllEntriesOf(issued);

    assertThat(home.run("nightly").err()).isEmpty();

    assertThat(digests(home)).hasSize(2 * issued.size()).containsAllEntriesOf(before);
    assertThat(verifiedVehicles(home).stream().collect(Collectors.groupingBy(v -> v)).values())
        .allSatisfy(manifests -> assertThat(manifests).hasSize(2));
    assertThat(
            home.rows(
                "select version, rollback, state, count(*) from manifest group by all order by all"))
        .containsExactly("1|null|ISSUED|" + vehicles(home), "2|1|ISSUED|" + vehicles(home));
    assertThat(home.rows("select distinct state from assignment"))
        .containsExactly("ROLLBACK_ISSUED");
    assertThat(
            home.number(
                "select count(*) from manifest_target b join manifest_target f on f.vin = b.vin and"
                    + " f.version = 1 where b.version = 2"
                    + " and b.expected_version = f.before_version"))
        .isEqualTo(vehicles(home));
  }

  /**
   * After the first kill one copy is left alone, and the other killed again: what was prepared by
   * then comes out the same.
   */
  @Tag("long")
  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void aKillWhileRollbacksAreSignedAnewLeavesEachVehicleExactlyOneMore(int shard) throws Exception {
    TestHome home = approved.copy("resigned-killed-after-" + shard);
    installEverywhere(home);
    assertThat(home.run("campaign", "rollback", CAMPAIGN, "--reason", "smoke", "--by", "bob").err())
        .isEmpty();
    List<Path> former = home.shards();
    List<String> back = home.rows("select vin from assignment where state = 'ROLLBACK_ISSUED'");
    assertThat(former).hasSizeGreaterThan(2 * (shard + 8));
    assertThat(
            home.run("keys", "rotate", "director-targets", "--compromised", "--reason", "stolen")
                .status())
        .isZero();
    killAfter(home, former.size() + shard, "nightly");
    Map<Path, String> first = digests(home);
    TestHome leftAlone = home.copy("resigned-left-alone-" + shard);
    killAfter(home, first.size() + 3, "nightly");
    Map<Path, String> second = digests(home);

    assertThat(home.run("nightly").err()).isEmpty();
    assertThat(leftAlone.run("nightly").err()).isEmpty();

    Map<Path, String> all = digests(home);
    assertThat(second).hasSizeLessThan(all.size()).containsAllEntriesOf(first);
    assertThat(all).hasSize(former.size() / 2 * 3).containsAllEntriesOf(second);
    assertThat(byName(all)).isEqualTo(byName(digests(leftAlone)));
    List<Path> anew = all.keySet().stream().filter(file -> !former.contains(file)).toList();
    assertThat(verifiedVehicles(home, anew))
        .as("with the new key alone, each once")
        .containsExactlyInAnyOrderElementsOf(back);
    assertThatThrownBy(() -> verifiedVehicles(home, former))
        .hasMessageContaining("signed by 0 keys of the targets role, expected 1");
    assertThat(
            home.rows(
                "select version, rollback, state, count(*) from manifest group by all order by all"))
        .containsExactly(
            "1|null|ISSUED|" + back.size(),
            "2|1|ISSUED|" + back.size(),
            "3|1|ISSUED|" + back.size());
    assertThat(home.rows("select state, count(*) from assignment group by all"))
        .containsExactly("ROLLBACK_ISSUED|" + back.size());
  }

  /** Kills a command once that many shards stand in the outbox. */
  private static void killAfter(TestHome home, int count, String... command) throws Exception {
    try (ConvoyProcess process = home.start(command)) {
      Await.until(
          count + " shards", LIMIT, () -> home.shards().size() >= count || !process.isAlive());
      assertThat(process.kill().status()).isEqualTo(ConvoyProcess.KILLED);
    }
  }

  private static Map<String, String> byName(Map<Path, String> digests) {
    Map<String, String> byName = new TreeMap<>();
    digests.forEach((file, digest) -> byName.put(file.getFileName().toString(), digest));
    return byName;
  }

  /** Each vehicle has the update, and there is a way back. */
  private static void installEverywhere(TestHome home) throws Exception {
    assertThat(home.run("nightly").status()).isZero();
    reportInstalled(home);
    registerEarlierVersions(home);
    assertThat(home.run("nightly").status()).isZero();
    assertThat(home.rows("select distinct state from assignment")).containsExactly("INSTALLED");
  }

  private static void reportInstalled(TestHome home) throws Exception {
    Path log = home.home().inboxStatus().resolve("all.csv");
    Instant now = Instant.now();
    try (StatusLogWriter writer = new StatusLogWriter(log)) {
      for (String vin : home.rows("select vin from assignment order by vin")) {
        writer.write(
            new StatusEvent(
                "installed-" + vin,
                now,
                vin,
                "ABS",
                CAMPAIGN,
                1,
                1,
                ReportedState.INSTALLED,
                "2.1.0",
                null,
                null));
      }
      writer.commit();
    }
    Files.setLastModifiedTime(log, FileTime.from(TestHome.EXPORTED_AT));
  }

  /** Updates that lead to the versions from before, which nothing of the fleet starts from. */
  private static void registerEarlierVersions(TestHome home) throws Exception {
    for (String version : List.of("2.0.0", "2.0.3", "2.0.5")) {
      Path folder = Files.createDirectories(home.home().root().resolve("earlier"));
      Files.writeString(folder.resolve("abs-" + version + ".bin"), "abs " + version);
      Path file = folder.resolve("abs-" + version + ".yaml");
      Files.writeString(
          file,
          """
          update: abs-before
          version: %s
          title: From the factory
          category: BUG_FIX
          targets:
            - { module: ABS, from: "<%s", to: %s, image: abs-%s.bin }
          """
              .formatted(version, version, version, version));
      assertThat(home.run("update", "register", file.toString()).status()).isZero();
    }
  }

  private static long vehicles(TestHome home) throws SQLException {
    return home.number("select count(*) from assignment");
  }

  /** The vehicles of all shards, each manifest checked as its vehicle does. */
  private static List<String> verifiedVehicles(TestHome home) throws IOException {
    return verifiedVehicles(home, home.shards());
  }

  private static List<String> verifiedVehicles(TestHome home, List<Path> shards)
      throws IOException {
    ManifestVerifier vehicle =
        new ManifestVerifier(RootChain.latest(home.home().outbox().resolve("director")));
    ImageTargets images =
        ImageRepository.open(home.home().outbox().resolve("image"), Instant.now()).targets();
    List<String> vins = new ArrayList<>();
    for (Path file : shards) {
      try (ShardReader shard = ShardReader.open(file)) {
        for (ManifestBundle bundle : shard) {
          vins.add(
              vehicle.verify(bundle.vin(), bundle, Instant.now(), null).requireMatch(images).vin());
        }
      }
    }
    return vins;
  }

  private static Map<Path, String> digests(TestHome home) throws IOException {
    Map<Path, String> digests = new LinkedHashMap<>();
    for (Path shard : home.shards()) {
      digests.put(shard, FileDigest.sha256(shard));
    }
    return digests;
  }

  private static void releaseAllAtOnce(Path campaign) throws IOException {
    String text = Files.readString(campaign, StandardCharsets.UTF_8);
    String waves = text.replaceAll("(?m)^  - \\{ name: (canary|early).*\\n", "");
    assertThat(waves).isNotEqualTo(text);
    Files.writeString(campaign, waves, StandardCharsets.UTF_8);
  }
}
