package convoy.scheduler.cli;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.jobs.publishreports.PublishReportsJobConfiguration;
import convoy.jobs.registerdefinitions.AudienceCheck;
import convoy.jobs.samples.SampleData;
import convoy.jobs.simulate.Reporting;
import convoy.jobs.simulate.SimulationPlan;
import convoy.jobs.simulate.SimulationRules;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.ConvoyContext;
import convoy.scheduler.launch.NightlyRun;
import convoy.scheduler.launch.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "demo",
    description = {
      "Shows campaigns on sample data, in a home of its own: three nights, and the vehicles' days between them.",
      "It runs the jobs that nightly runs. Called again on its home, it goes on by one day and one night."
    })
final class DemoCommand implements Callable<Integer> {
  private static final long SEED = 20261120;
  private static final int FIRST_NIGHTS = 3;
  // Between the night in which a manifest is issued and the next: most vehicles have reported by
  // then.
  private static final Duration VEHICLES_DAY = Duration.ofHours(23);

  @Mixin private HomeOptions options = new HomeOptions();

  @Override
  public Integer call() throws IOException {
    Home home = options.home();
    Console console = options.console();
    Instant now = Instant.now();
    DemoStory story = DemoStory.of(home, now);
    story.requireNightToCome(now);
    int nights = Math.max(FIRST_NIGHTS, story.nights() + 1);
    if (DemoStory.isBegun(home)) {
      console.line("Going on with the demo in " + home.root());
    } else {
      begin(home, console, story);
      story.save(home);
    }
    while (story.nights() < nights) {
      if (story.nights() > 0) {
        day(home, console, story);
      }
      story = night(home, console, story);
    }
    end(home, console);
    return 0;
  }

  private void begin(Home home, Console console, DemoStory story) throws IOException {
    Installer.install(home, story.begin());
    console.line("Made a home in %s, with trial keys.".formatted(home.root()));
    SampleData.Exports written =
        SampleData.writeWithEcuKeys(
            home.inboxManufacturing(), SampleData.PUBLISHED, Simulation.ecuKeys(home));
    SampleData.writeDefinitions(home.root(), SampleData.PUBLISHED.seed());
    // The exports came in before the first night, which the demo sets in the past.
    try (Stream<Path> files = Files.list(home.inboxManufacturing())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setLastModifiedTime(file, FileTime.from(story.begin().minus(Duration.ofHours(1))));
      }
    }
    console.line(
        "Put the exports of three plants into its inbox, two updates and two campaigns beside it.");
    console.line(
        "Gave the simulator the keys of %,d ECUs whose certificates the exports name."
            .formatted(written.ecuKeys()));
    console.line("");
    console.line("The evening before, %s".formatted(story.begin()));
    Clock evening = Clock.fixed(story.begin().minus(Duration.ofHours(1)), ZoneOffset.UTC);
    ConvoySettings settings = options.settings(home);
    try (ConvoyContext context =
        new ConvoyContext(home, settings, evening, console, settings.operator())) {
      require(context.runs().register(AudienceCheck.Confirmation.MISSING));
    }
    new DemoSigning(home, settings, console, evening.instant()).sign();
  }

  private DemoStory night(Home home, Console console, DemoStory story) throws IOException {
    console.line("");
    console.line("Night %d, %s".formatted(story.nights() + 1, story.nextNight()));
    Clock clock = Clock.fixed(story.nextNight(), ZoneOffset.UTC);
    ConvoySettings settings = options.settings(home);
    try (ConvoyContext context =
        new ConvoyContext(home, settings, clock, console, settings.operator())) {
      require(context.runs().nightly());
    }
    DemoStory next = story.nightPassed();
    next.save(home);
    return next;
  }

  private void day(Home home, Console console, DemoStory story) throws IOException {
    console.line("");
    console.line("The day after, the vehicles (simulated) fetch their manifests and report");
    Instant evening = story.nextNight().minus(Duration.ofDays(1)).plus(VEHICLES_DAY);
    var played =
        Simulation.play(
            home,
            options.settings(home),
            console,
            SEED,
            SimulationPlan.usual(),
            SimulationRules.NONE,
            Reporting.STATUS_LOGS,
            evening);
    for (Path log : played.logs()) {
      Files.setLastModifiedTime(log, FileTime.from(evening));
    }
    Simulation.tell(played, console);
  }

  private static void require(NightlyRun.Outcome outcome) {
    if (!outcome.isDone()) {
      throw new IllegalStateException("the run " + outcome.runId() + " of the demo failed");
    }
  }

  private static void end(Home home, Console console) throws IOException {
    console.line("");
    console.line("Where to look");
    console.line(
        "  workbook    " + last(home.reports()).resolve(PublishReportsJobConfiguration.WORKBOOK));
    console.line("  the same as CSV beside it");
    console.line("  manifests   " + home.outbox().resolve("director"));
    List<Path> rejects = rejects(home);
    rejects.forEach(file -> console.line("  quarantine  " + file));
    console.line("Try");
    console.line("  ./convoy campaign status brake-hold-2026-11 --home " + home.root());
    console.line("  ./convoy manifest verify " + shard(home));
    console.line("  ./convoy demo --home %s    for one more day and night".formatted(home.root()));
  }

  private static Path last(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().reduce((a, b) -> b).orElse(folder);
    }
  }

  private static List<Path> rejects(Home home) throws IOException {
    try (Stream<Path> entries = Files.list(home.quarantine())) {
      return entries.filter(file -> file.toString().endsWith(".rejects.csv")).sorted().toList();
    }
  }

  private static Path shard(Home home) throws IOException {
    try (Stream<Path> entries = Files.walk(home.outbox().resolve("director"))) {
      return entries
          .filter(file -> file.toString().endsWith(".zip"))
          .sorted()
          .findFirst()
          .orElse(home.outbox());
    }
  }
}
