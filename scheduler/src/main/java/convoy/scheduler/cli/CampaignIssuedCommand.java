package convoy.scheduler.cli;

import convoy.config.Home;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.IssuedManifests;
import convoy.data.duckdb.IssuedManifests.Issued;
import convoy.data.io.AtomicFiles;
import convoy.jobs.publishoutbox.Destinations;
import convoy.scheduler.launch.Console;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "issued",
    description = "Lists the manifests that vehicles were given for a campaign.")
final class CampaignIssuedCommand implements Callable<Integer> {
  private static final List<String> HEADER =
      List.of(
          "vin",
          "manifest_version",
          "wave",
          "attempt",
          "issued_at",
          "expires_at",
          "state",
          "published_at",
          "withdrawn_by",
          "withdrawn_at");

  @Mixin private HomeOptions options = new HomeOptions();

  @Parameters(paramLabel = "CAMPAIGN", description = "The campaign's id.")
  private String campaign = "";

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Writes them into this file; one that is there is replaced.")
  private @Nullable Path csv;

  @Override
  public Integer call() throws IOException {
    Console console = options.console();
    Home home = options.existing();
    String destination = Destinations.name(home, options.settings(home));
    List<Issued> issued =
        options.read(
            "campaign issued",
            store ->
                IssuedManifests.of(store, Campaigns.require(store, campaign).id(), destination));
    if (csv == null) {
      issued.forEach(m -> console.line(line(m)));
      console.line(total(issued));
      return 0;
    }
    AtomicFiles.write(
        csv,
        out -> {
          CSVPrinter printer =
              new CSVPrinter(
                  new OutputStreamWriter(out, StandardCharsets.UTF_8), CSVFormat.RFC4180);
          printer.printRecord(HEADER);
          for (Issued m : issued) {
            printer.printRecord(
                m.vin(),
                m.version(),
                m.wave(),
                m.attempt(),
                m.issuedAt(),
                m.expiresAt(),
                m.state(),
                m.publishedAt(),
                m.withdrawnBy(),
                m.withdrawnAt());
          }
          printer.flush();
        });
    console.line("%s, listed in %s".formatted(total(issued), csv));
    return 0;
  }

  private String total(List<Issued> issued) {
    long withdrawn = issued.stream().filter(m -> m.withdrawnBy() != null).count();
    return "%s: %,d manifests issued%s"
        .formatted(
            campaign,
            issued.size(),
            withdrawn == 0 ? "" : ", %,d of them withdrawn".formatted(withdrawn));
  }

  private static String line(Issued m) {
    String published = m.publishedAt() == null ? "" : ", published " + m.publishedAt();
    return "%s  version %-3d wave %-2d attempt %-2d issued %s%s  %s%s"
        .formatted(
            m.vin(),
            m.version(),
            m.wave(),
            m.attempt(),
            m.issuedAt(),
            published,
            m.state(),
            withdrawn(m));
  }

  private static String withdrawn(Issued m) {
    return m.withdrawnBy() == null
        ? ""
        : ", withdrawn %s by version %d%s"
            .formatted(
                m.withdrawnAt(),
                m.withdrawnBy(),
                "ISSUED".equals(m.withdrawing()) ? "" : ", which is not written yet");
  }
}
