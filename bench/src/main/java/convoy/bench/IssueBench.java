package convoy.bench;

import convoy.data.manifest.ManifestBundle;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import convoy.readers.manifest.ShardReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "issue",
    description = {
      "Issues manifests to a whole fleet by the commands that a person would use, beside the bare rate of as many",
      "signatures over the same bytes on the same cores."
    })
final class IssueBench implements Callable<Integer> {
  /** Over the bytes of at least so many documents, which one shard may not have. */
  private static final int LEAST_SIGNATURES = 600_000;

  /** Rounds of bare signing before the job, and as many after it. */
  private static final int ROUNDS = 3;

  /** Vehicles of which the documents are like those of the fleet. */
  private static final int SAMPLE = 5_000;

  @Option(names = "--fleet", defaultValue = "1000000")
  private int vehicles;

  @Option(
      names = "--work",
      defaultValue = "bench/target/issue",
      description = "A folder to work in.")
  private Path work = Path.of("");

  private long signatures;
  private double signing;

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    Folders.empty(work);
    Path sample = work.resolve("sample");
    issue(sample, SAMPLE);
    // The machine is not always equally fast, so the limit is measured before and after.
    signBare(sample);
    Path home = work.resolve("home");
    Launcher.Measured nightly = issue(home, vehicles);
    signBare(home);

    long issued = 0;
    for (Path shard : shards(home)) {
      try (ShardReader reader = ShardReader.open(shard)) {
        issued += reader.vins().size();
      }
    }
    if (issued != vehicles) {
      throw new IllegalStateException("%,d manifests, expected %,d".formatted(issued, vehicles));
    }
    Map<String, Double> steps = JobLog.of(home).steps();
    double prepare = steps.getOrDefault("prepareManifests", 0.0);
    double issue = steps.getOrDefault("issueShards", 0.0);
    double bare = 3 * signing / signatures;
    System.out.printf("%,d vehicles, three signatures each%n", vehicles);
    System.out.printf(
        "bare signing          %10.1f s %,10.0f vehicles/s%n", issued * bare, 1 / bare);
    report("issueShards", issued, issue, bare);
    report("with prepareManifests", issued, issue + prepare, bare);
    System.out.println("nightly: " + nightly.memory());
    return 0;
  }

  private Launcher.Measured issue(Path home, int fleet)
      throws IOException, SQLException, InterruptedException {
    IssuedFleet.approved(home, fleet, work.resolve("out.txt"));
    return Launcher.measure(home, work, "nightly");
  }

  private static void report(String what, long issued, double seconds, double bare) {
    System.out.printf(
        "%-21s %10.1f s %,10.0f vehicles/s, %.2f of bare signing%n",
        what, seconds, issued / seconds, issued * bare / seconds);
  }

  /** Signs the documents of a shard on all cores, and nothing else. */
  private void signBare(Path home) throws IOException {
    List<byte[]> messages = new ArrayList<>();
    try (ShardReader reader = ShardReader.open(shards(home).get(0))) {
      for (ManifestBundle bundle : reader) {
        bundle
            .files()
            .forEach(
                (name, bytes) -> messages.add(SignedDocument.parse(bytes, name).signedBytes()));
      }
    }
    SigningKey key = SigningKey.generate();
    for (int round = 0; round < ROUNDS; round++) {
      long signed = 0;
      long start = System.nanoTime();
      while (signed < LEAST_SIGNATURES) {
        signed += messages.parallelStream().filter(message -> !key.sign(message).isEmpty()).count();
      }
      double took = (System.nanoTime() - start) / 1e9;
      System.out.printf("bare signing: %,.0f signatures/s%n", signed / took);
      signatures += signed;
      signing += took;
    }
  }

  private static List<Path> shards(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("outbox").resolve("director"))) {
      return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
  }

  /** One update of two ECUs that fits every vehicle of the made-up fleet. */
  static void define(Path home) throws IOException {
    StringBuilder update =
        new StringBuilder(
            """
            update: issue-bench
            version: 1.0.0
            title: Update of all
            category: BUG_FIX
            targets:
            """);
    for (String module : List.of("GATEWAY", "TELEMATICS")) {
      Files.writeString(home.resolve("updates").resolve(module + ".bin"), module);
      update.append(
          """
            - module: %1$s
              from: "*"
              to: 9.0.0
              image: %1$s.bin
          """
              .formatted(module));
    }
    Files.writeString(home.resolve("updates").resolve("issue-bench.yaml"), update);
    Files.writeString(
        home.resolve("campaigns").resolve("issue-bench.yaml"),
        """
        campaign: issue-bench
        title: Campaign for all
        update: issue-bench 1.0.0
        author: alice
        urgency: SCHEDULED
        priority: 50
        waves: [{ name: all, share: rest }]
        gate: { success: 80%, pause-on-failure: 15%, abort-on-failure: 40%, minimum-reports: 10, silent-after: P7D }
        retry: { attempts: 3, backoff: PT12H }
        """);
  }
}
