package convoy.bench;

import convoy.config.ConvoySettings;
import convoy.data.campaign.PlanRules;
import convoy.data.campaign.WavePlan;
import convoy.data.campaign.WaveRule;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Eligibility;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Previews;
import convoy.data.duckdb.Waves;
import convoy.data.eligibility.MatchRules;
import convoy.data.preview.CampaignPreview;
import convoy.data.preview.PreviewSubject;
import convoy.data.status.CampaignTrigger;
import convoy.jobs.matcheligibility.MatchSettings;
import convoy.scheduler.launch.Modules;
import convoy.scheduler.launch.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    aliases = "preview",
    description = {
      "Previews a campaign that half of the fleet is eligible for, beside 20 others that are not planned yet, first",
      "with nothing matched before; then matches, previews again, and plans its waves, which must be the previewed ones."
    })
final class PlanBench implements Callable<Integer> {
  private static final String ID = "bench-wide";

  @Option(names = "--fleets", split = ",", defaultValue = "100000,1000000")
  private List<Integer> fleets = List.of();

  @Option(
      names = "--work",
      defaultValue = "bench/target/plan",
      description = "A folder to work in.")
  private Path work = Path.of("");

  private final ConvoySettings settings = ConvoySettings.defaults();
  private final MatchRules rules = MatchSettings.rules(settings, Modules.catalog(settings));

  @Override
  public Integer call() throws IOException, SQLException {
    for (int vehicles : fleets) {
      Folders.empty(work);
      Installation home = new Installation(work.resolve("home"), "");
      BenchFleet.define(home.updates(), home.campaigns());
      defineWide(home);
      home.registers();
      BenchFleet.fill(home.store(), vehicles);
      System.out.printf("%,d vehicles, %,d ECUs%n", vehicles, vehicles * 10L);
      Memory memory = Memory.start();
      preview(home, "preview: nothing matched before");
      match(home);
      CampaignPreview preview = preview(home, "preview: profiles are kept");
      plan(home, preview);
      System.out.println(memory.peak());
    }
    return 0;
  }

  /** An update that starts from about half of all versions, for any hardware. */
  private static void defineWide(Installation home) throws IOException {
    Files.writeString(home.updates().resolve("bench-wide.bin"), "wide");
    Files.writeString(
        home.updates().resolve("bench-wide.yaml"),
        """
        update: bench-wide
        version: 1.0.0
        title: Wide
        category: BUG_FIX
        targets: [{ module: ABS, from: ">=1.2.0 <3.0.0", to: 4.0.0, image: bench-wide.bin }]
        """);
    Files.writeString(
        home.campaigns().resolve("bench-wide.yaml"),
        """
        campaign: bench-wide
        title: Wide
        update: bench-wide 1.0.0
        author: alice
        urgency: SCHEDULED
        priority: 60
        waves: [{ name: canary, vehicles: 500 }, { name: early, share: 10% }, { name: all, share: rest }]
        gate: { success: 80%, pause-on-failure: 15%, abort-on-failure: 40%, minimum-reports: 10, silent-after: P7D }
        retry: { attempts: 3, backoff: PT12H }
        rate: { vehicles-per-day: 20000 }
        """);
  }

  private CampaignPreview preview(Installation home, String what) {
    try (FleetStore store = open(home, true)) {
      long start = System.nanoTime();
      CampaignPreview preview =
          Previews.of(
              store,
              new PreviewSubject(
                  ID, Campaigns.find(store, ID).orElseThrow().definition(), Map.of()),
              rules,
              Installation.NOW);
      report("%s, %,d eligible".formatted(what, preview.eligible()), start);
      return preview;
    }
  }

  private void match(Installation home) {
    try (FleetStore store = open(home, false)) {
      long start = System.nanoTime();
      Eligibility.match(store, rules, Installation.NOW);
      report("match, for comparison", start);
    }
  }

  private void plan(Installation home, CampaignPreview preview) {
    try (FleetStore store = open(home, false)) {
      List<WaveRule> waves =
          PlanRules.of(Campaigns.find(store, ID).orElseThrow().definition()).waves();
      for (CampaignTrigger trigger : List.of(CampaignTrigger.SUBMIT, CampaignTrigger.APPROVE)) {
        Campaigns.change(store, ID, trigger, "bench", Installation.NOW);
      }
      long start = System.nanoTime();
      Waves.plan(
          store,
          ID,
          waves.stream().map(WaveRule::name).toList(),
          WavePlan.sizes(waves, Waves.eligible(store, ID)),
          Installation.NOW);
      report("plan its waves", start);
      start = System.nanoTime();
      Waves.settleCompetition(store, Installation.NOW);
      report("settle the competition", start);
      List<Long> sizes = Waves.states(store, ID).stream().map(Waves.StateCount::vehicles).toList();
      List<Long> previewed = preview.waves().stream().map(CampaignPreview.Wave::vehicles).toList();
      if (!sizes.equals(previewed)) {
        throw new IllegalStateException("planned " + sizes + ", previewed " + previewed);
      }
    }
  }

  private FleetStore open(Installation home, boolean readOnly) {
    return FleetStore.open(
        home.store(),
        readOnly ? StoreOptions.readOnly(settings) : StoreOptions.of(settings, "bench"));
  }

  private static void report(String what, long start) {
    System.out.printf("%-60s %7.2f s%n", what, (System.nanoTime() - start) / 1e9);
  }
}
