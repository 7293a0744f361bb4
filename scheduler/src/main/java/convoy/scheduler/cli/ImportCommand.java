package convoy.scheduler.cli;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.MissingVehicles;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import convoy.data.trust.Permission;
import convoy.data.vehicle.ExportRowCheck;
import convoy.data.vehicle.ModuleCatalog;
import convoy.jobs.importvehicles.ImportRules;
import convoy.jobs.trust.Actor;
import convoy.readers.export.ExportFormats;
import convoy.readers.export.ExportProbe;
import convoy.readers.export.ProfileDraft;
import convoy.readers.export.RowTrial;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.ConvoyContext;
import convoy.scheduler.launch.Modules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = "Takes exports of plants in, looks at them before, and at whom they miss.")
final class ImportCommand {
  private static final int ROWS = 1_000;
  private static final int SHOWN = 3;

  @Command(
      name = "probe",
      description = {
        "Shows how an export would be read: format, headers, first rows, faults.",
        "Nothing is taken in; an installation is not needed."
      })
  int probe(
      @Mixin HomeOptions options,
      @Parameters(paramLabel = "FILE", description = "The export.") Path file,
      @Option(names = "--write", description = "Writes a profile for such files, to be edited.")
          boolean write)
      throws IOException {
    Console console = options.console();
    Home home = options.home();
    ConvoySettings settings = options.settings(home);
    ModuleCatalog modules = Modules.catalog(settings);
    ExportFormats formats = ExportFormats.of(home, settings, modules);
    ExportProbe probe = ExportProbe.of(file, formats);
    String name = file.getFileName().toString();
    var profile = formats.profiles().of(name);
    ProbeLines.header(probe, name, profile.orElse(null)).forEach(console::line);
    if (probe.refusal() == null) {
      var check =
          new ExportRowCheck(
              modules, ImportRules.table(settings.imports(), modules), Instant.now());
      RowTrial trial = RowTrial.of(file, formats, check::check, ROWS, SHOWN);
      ProbeLines.rows(trial, ROWS).forEach(console::line);
    }
    if (write) {
      if (profile.isPresent()) {
        throw new ConvoyException(
            ErrorCode.USAGE,
            "%s: the profile %s is meant for it already, which is left as it is"
                .formatted(name, profile.get().name()));
      }
      console.line("wrote %s: edit it, then probe again".formatted(write(home, probe)));
    }
    if (probe.refusal() != null) {
      throw probe.refusal();
    }
    return 0;
  }

  @Command(
      name = "now",
      description = {
        "Takes in the exports that are in the inbox, without the rest of the nightly run.",
        "An import that was cut off is taken up where it stopped."
      })
  int now(@Mixin HomeOptions options, @Mixin ActorOptions actor) {
    Actor operator = actor.prove(options, Permission.RUN_JOBS);
    try (ConvoyContext context = options.context(Clock.systemUTC(), operator)) {
      return RunEnding.exitStatus(context.runs().imports(), options.console());
    }
  }

  @Command(
      name = "missing",
      description = {
        "Lists the full exports that did not name vehicles known of their plant;",
        "with FILE the vehicles of one that are still missing."
      })
  int missing(
      @Mixin HomeOptions options,
      @Parameters(paramLabel = "FILE", arity = "0..1", description = "An export's name or hash.")
          @Nullable String file) {
    Console console = options.console();
    options.read(
        "import missing",
        store -> {
          (file == null
                  ? MissingLines.exports(MissingVehicles.exports(store))
                  : MissingLines.vehicles(
                      MissingVehicles.of(store, MissingLines.find(store, file).sha256())))
              .forEach(console::line);
          return true;
        });
    return 0;
  }

  @Command(
      name = "retire",
      description = {
        "Takes the vehicles that a full export did not name out of all campaigns.",
        "A newer export that names one brings it back."
      })
  int retire(
      @Mixin HomeOptions options,
      @Mixin ActorOptions actor,
      @Parameters(paramLabel = "FILE", description = "An export's name or hash.") String file) {
    Console console = options.console();
    options.change(
        "import retire",
        actor.prove(options, Permission.RETIRE_VEHICLES),
        store -> {
          MissingVehicles.Export export = MissingLines.find(store, file);
          int retired = MissingVehicles.retire(store, export, Instant.now());
          console.line(
              "%,d vehicles retired that %s did not name".formatted(retired, export.name()));
        });
    return 0;
  }

  private static Path write(Home home, ExportProbe probe) throws IOException {
    ProfileDraft draft = ProfileDraft.of(probe);
    Path file = home.profiles().resolve(draft.name() + ".yaml");
    if (Files.exists(file)) {
      throw new ConvoyException(
          ErrorCode.USAGE, file + ": found a profile already, which is left as it is");
    }
    AtomicFiles.write(file, draft.text().getBytes(StandardCharsets.UTF_8));
    return file;
  }
}
