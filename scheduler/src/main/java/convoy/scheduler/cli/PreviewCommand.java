package convoy.scheduler.cli;

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
import convoy.jobs.matcheligibility.MatchSettings;
import convoy.jobs.registerdefinitions.PreviewedCampaign;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.ExportTrial;
import convoy.scheduler.launch.Modules;
import convoy.writers.report.CsvReportWriter;
import convoy.writers.report.ReportTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "preview",
    description = {
      "Says what a campaign would do if it were approved now: its vehicles by wave, region and model, who is left out",
      "and why, which campaigns it competes with, how long it takes and what is downloaded. It changes nothing."
    })
final class PreviewCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();

  @Parameters(
      paramLabel = "CAMPAIGN|FILE.yaml",
      description = "A registered campaign that is not planned yet, or a definition.")
  private String named = "";

  @Option(
      names = "--against",
      paramLabel = "FILE.yaml",
      description = "What this edited definition would change.")
  private @Nullable String against;

  @Option(
      names = "--against-export",
      paramLabel = "EXPORT",
      description =
          "What this manufacturing export would change; it is imported into a copy of the store.")
  private @Nullable Path export;

  @Option(names = "--json", description = "One JSON document, with everything.")
  private boolean isJson;

  @Option(
      names = "--csv",
      paramLabel = "FOLDER",
      description = "Writes CSV files into that folder too.")
  private @Nullable Path csv;

  @Override
  public Integer call() {
    Home home = options.existing();
    ConvoySettings settings = options.settings(home);
    MatchRules rules = MatchSettings.rules(settings, Modules.catalog(settings));
    Instant now = Instant.now();
    if (against != null && export != null) {
      throw new ConvoyException(
          ErrorCode.USAGE, "found --against and --against-export, expected one of them");
    }
    if (export != null) {
      ExportTrial trial = new ExportTrial(home, settings, rules, options.console(), now);
      tell(trial.change(named, export), settings);
    } else if (against == null) {
      CampaignPreview preview =
          options.read(
              "campaign preview",
              store -> Previews.of(store, find(store, named, settings, now), rules, now));
      tell(preview, PreviewText.lines(preview), PreviewTables.of(preview), settings);
    } else {
      String edited = against;
      PreviewChange change =
          options.read(
              "campaign preview",
              store ->
                  Previews.change(
                      store,
                      find(store, named, settings, now),
                      find(store, edited, settings, now),
                      rules,
                      now));
      tell(change, settings);
    }
    return 0;
  }

  private static PreviewSubject find(
      FleetStore store, String named, ConvoySettings settings, Instant now) {
    return PreviewedCampaign.find(store, named, settings.schedule().zone(), now);
  }

  private void tell(PreviewChange change, ConvoySettings settings) {
    tell(change, ChangeText.lines(change), PreviewTables.of(change), settings);
  }

  private void tell(
      Object document, List<String> lines, List<ReportTable> tables, ConvoySettings settings) {
    Console console = options.console();
    if (csv != null) {
      new CsvReportWriter().write(csv, settings.schedule().zone(), tables);
    }
    if (isJson) {
      console.line(ScreenJson.of(document));
    } else {
      lines.forEach(console::line);
    }
  }
}
