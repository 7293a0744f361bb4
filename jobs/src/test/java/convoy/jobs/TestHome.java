package convoy.jobs;

import convoy.config.Home;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.image.ImageKeys;
import convoy.jobs.images.ImageStore;
import convoy.jobs.importvehicles.ExportOrder;
import convoy.jobs.importvehicles.ImportVehiclesJobConfiguration;
import convoy.jobs.matcheligibility.MatchEligibilityJobConfiguration;
import convoy.jobs.planwaves.PlanWavesJobConfiguration;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import convoy.jobs.samples.SampleData;
import convoy.jobs.samples.SampleSpec;
import convoy.jobs.trust.CampaignSigning;
import convoy.readers.export.ExportFormats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Homes in temporary folders, as an installation makes them. */
public final class TestHome {
  /** The sample campaign for the brakes, written by alice. */
  public static final String BRAKES = "brake-hold-2026-11";

  /** The sample campaign for infotainment and gateway, written by bob; the brakes go before it. */
  public static final String MEDIA = "infotainment-2026-12";

  /** What most tests take in. */
  public static final SampleSpec SIXTY =
      new SampleSpec(7, 60, 0, SampleData.PUBLISHED.exportedAt());

  private static final MadeOnce MADE = new MadeOnce();

  private TestHome() {}

  /**
   * A new home with keys, the four operators and these settings, into which a fleet of 60 vehicles
   * was taken ({@link #SIXTY}); no update or campaign is known.
   */
  public static Path imported(Path root, String settings) {
    Path made =
        MADE.once(
            "imported",
            folder -> {
              Path exports = folder.resolveSibling("exports");
              SampleData.write(exports, SIXTY);
              try (JobHarness jobs = new JobHarness(install(folder, ""))) {
                importAll(jobs, exports);
              }
            });
    return copy(made, root, settings);
  }

  /**
   * The same with both sample campaigns approved, {@link #BRAKES} by bob and {@link #MEDIA} by
   * alice, and planned in the run {@code night-1}: 2 and 12 manifests are to be issued.
   */
  public static Path planned(Path root, String settings) {
    Path made =
        MADE.once(
            "planned",
            folder -> {
              try (JobHarness jobs = new JobHarness(imported(folder, ""))) {
                writeDefinitions(folder);
                jobs.summary(RegisterDefinitionsJobConfiguration.JOB, "night-0");
                jobs.summary(MatchEligibilityJobConfiguration.JOB, "night-1");
                approve(jobs, BRAKES, "bob");
                approve(jobs, MEDIA, "alice");
                jobs.summary(PlanWavesJobConfiguration.JOB, "night-1");
              }
            });
    return copy(made, root, settings);
  }

  /** A copy of what the maker makes, which it does the first time that a class asks for it. */
  public static Path copyOf(String name, Path to, Consumer<Path> maker) {
    return copy(MADE.once(name, maker), to);
  }

  /** A new home with keys, the operators alice, bob, carol and dave, and these settings. */
  public static Path install(Path root, String settings) {
    Home home = new Home(root);
    try {
      home.create();
      Files.writeString(home.settingsFile(), settings);
      TestKeys.putInto(home);
      ImageKeys.create(ImageStore.keys(home), JobHarness.NOW);
      TestOperators.trust(home);
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes all exports of a folder in, and registers the sample updates and campaigns. */
  public static void fill(JobHarness jobs, Path exports) {
    writeDefinitions(jobs.home().root());
    importAll(jobs, exports);
    jobs.summary(RegisterDefinitionsJobConfiguration.JOB, "night-0");
  }

  /** Takes all exports of a folder in. */
  public static void importAll(JobHarness jobs, Path exports) {
    try (Stream<Path> files = Files.list(exports)) {
      for (Path file :
          ExportOrder.vehiclesFirst(
              files.filter(f -> f.toString().matches(".*\\.(csv|xlsx)")).toList(),
              ExportFormats.PLAIN)) {
        JobHarness.completed(
            jobs.take(ImportVehiclesJobConfiguration.JOB, jobs.deliver(file), "night-0"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes files below the home, texts by their paths; missing folders are made. */
  public static void write(Path root, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /** Puts the sample updates and campaigns into the home. */
  public static void writeDefinitions(Path root) {
    SampleData.writeDefinitions(root, SampleData.PUBLISHED.seed());
  }

  /**
   * Has a draft and its update signed by those who must, and approved by that operator, as people
   * do with commands: the author submits it, and carol signs the update.
   */
  public static void approve(JobHarness jobs, String campaign, String approver) {
    submit(jobs, campaign);
    jobs.with(
        store ->
            TestOperators.signing(jobs, store)
                .approve(
                    TestOperators.actor(approver), Campaigns.find(store, campaign).orElseThrow()));
  }

  /** The same up to the approval. */
  public static void submit(JobHarness jobs, String campaign) {
    jobs.with(
        store -> {
          CampaignSigning signing = TestOperators.signing(jobs, store);
          for (Definitions.Update update : Definitions.updates(store)) {
            signing.signUpdate(TestOperators.actor("carol"), update);
          }
          Campaigns.Campaign found = Campaigns.find(store, campaign).orElseThrow();
          signing.submit(TestOperators.actor(found.author()), found);
          return campaign;
        });
  }

  private static Path copy(Path from, Path to, String settings) {
    try {
      Files.writeString(copy(from, to).resolve("convoy.yaml"), settings);
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of a home that nobody has open. */
  public static Path copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      Files.createDirectories(to.getParent());
      for (Path file : (Iterable<Path>) all::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file below a folder by its relative path, sorted. */
  public static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
