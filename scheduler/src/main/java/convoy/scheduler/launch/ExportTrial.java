package convoy.scheduler.launch;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Previews;
import convoy.data.eligibility.MatchRules;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.preview.CampaignPreview;
import convoy.data.preview.PreviewChange;
import convoy.data.preview.PreviewSubject;
import convoy.jobs.registerdefinitions.PreviewedCampaign;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a manufacturing export would change for a campaign: it is imported, by the import's own job,
 * into a copy of the fleet store, which is thrown away.
 */
public final class ExportTrial {
  /** Who acts in the copy, which nobody reads the audit log of. */
  private static final String ACTOR = "preview";

  private final Home home;
  private final ConvoySettings settings;
  private final MatchRules rules;
  private final Console console;
  private final Instant now;

  /** Keeps what the import says, so that it can be told when the export is refused. */
  private record Kept(List<String> lines) implements Console {
    @Override
    public void line(String text) {
      lines.add(text.strip());
    }

    @Override
    public void problem(String text) {
      lines.add(text.strip());
    }

    @Override
    public boolean isTerminal() {
      return false;
    }
  }

  public ExportTrial(
      Home home, ConvoySettings settings, MatchRules rules, Console console, Instant now) {
    this.home = home;
    this.settings = settings.withJobsUnderHome();
    this.rules = rules;
    this.console = console;
    this.now = now;
  }

  /**
   * Compares the campaign's previews without and with the export.
   *
   * @param named as {@link PreviewedCampaign#find} takes it
   * @throws ConvoyException INPUT_REFUSED when the export is refused
   */
  public PreviewChange change(String named, Path export) {
    if (!Files.isRegularFile(export)) {
      throw new ConvoyException(ErrorCode.USAGE, "export %s: found no such file".formatted(export));
    }
    try (TrialFolder folder = TrialFolder.make(home.store())) {
      Home copy = new Home(folder.path());
      copy(copy);
      return change(copy, named, export);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copy(Home copy) throws IOException {
    copy.create();
    try (Stream<Path> profiles = Files.list(home.profiles())) {
      for (Path profile : profiles.filter(Files::isRegularFile).toList()) {
        Files.copy(profile, copy.profiles().resolve(profile.getFileName()));
      }
    }
    // While the store is held to read nobody writes to it.
    StoreReader.read(
        home,
        settings,
        console,
        "campaign preview",
        store -> {
          try {
            Files.copy(file(home), file(copy));
            Path log = home.store().resolve("fleet.duckdb.wal");
            if (Files.exists(log)) {
              Files.copy(log, copy.store().resolve(log.getFileName()));
            }
            return true;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private PreviewChange change(Home copy, String named, Path export) throws IOException {
    PreviewSubject subject;
    CampaignPreview before;
    try (FleetStore store = open(copy)) {
      subject = PreviewedCampaign.find(store, named, settings.schedule().zone(), now);
      before = Previews.keep(store, subject, rules, now);
    }
    takeIn(copy, export);
    try (FleetStore store = open(copy)) {
      return Previews.changeSinceKept(store, before, subject, rules, now);
    }
  }

  private void takeIn(Home copy, Path export) throws IOException {
    Path in = copy.inboxManufacturing().resolve(export.getFileName());
    Files.copy(export, in, StandardCopyOption.COPY_ATTRIBUTES);
    Instant settled = now.minus(settings.imports().settle()).minusSeconds(1);
    if (Files.getLastModifiedTime(in).toInstant().isAfter(settled)) {
      Files.setLastModifiedTime(in, FileTime.from(settled));
    }
    Kept said = new Kept(new ArrayList<>());
    try (ConvoyContext context =
        new ConvoyContext(copy, settings, Clock.fixed(now, ZoneOffset.UTC), said, ACTOR)) {
      NightlyRun.Outcome outcome = context.runs().imports();
      if (!outcome.isDone() || outcome.refusals() > 0) {
        throw new ConvoyException(
            ErrorCode.INPUT_REFUSED,
            "export %s: %s".formatted(export.getFileName(), String.join("; ", said.lines())));
      }
    }
  }

  private FleetStore open(Home copy) {
    return FleetStore.open(file(copy), StoreOptions.of(settings, ACTOR));
  }

  private static Path file(Home home) {
    return home.store().resolve("fleet.duckdb");
  }
}
