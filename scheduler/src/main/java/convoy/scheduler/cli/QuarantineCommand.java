package convoy.scheduler.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.Quarantine;
import convoy.data.duckdb.QuarantinedInput;
import convoy.data.duckdb.QuarantinedInputs;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Permission;
import convoy.jobs.input.Archive;
import convoy.jobs.resubmit.Resubmission;
import convoy.readers.export.ExportFormats;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.Modules;
import convoy.scheduler.launch.QuarantineActs;
import convoy.writers.quarantine.QuarantineCsvWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "quarantine",
    description = "Lists, shows and resubmits rejected rows and refused files.")
final class QuarantineCommand {
  private static final int LISTED = 20;
  private static final int SHOWN = 20;
  private static final String FILE =
      "The input's name, 8 or more digits of its hash, or its file in quarantine.";

  /** Which inputs to list; the newest without either. */
  static final class Which {
    @Option(names = "--run", paramLabel = "RUN", description = "Those of this run.")
    private @Nullable String run;

    @Option(names = "--all", description = "All; else the newest " + LISTED + ".")
    private boolean isAll;
  }

  /** How a program wants it. */
  static final class Form {
    @Option(names = "--json", description = "One JSON document, with whole texts.")
    boolean isJson;

    @Option(names = "--csv", description = "CSV as in the quarantine file, with whole texts.")
    private boolean isCsv;
  }

  @Command(name = "list", description = "Lists inputs with rejected rows, newest first.")
  int list(
      @Mixin HomeOptions options,
      @ArgGroup @Nullable Which which,
      @Option(names = "--json", description = "One JSON document.") boolean isJson) {
    Console console = options.console();
    String run = which == null ? null : which.run;
    List<QuarantinedInput> all =
        options.read("quarantine list", store -> QuarantineActs.list(store, run));
    boolean isWhole = run != null || (which != null && which.isAll);
    List<QuarantinedInput> listed = isWhole ? all : all.stream().limit(LISTED).toList();
    if (isJson) {
      console.line(QuarantineJson.of(listed));
      return 0;
    }
    listed.forEach(input -> console.line(QuarantineText.line(input)));
    if (all.isEmpty()) {
      console.line("nothing was rejected" + (run == null ? "" : " in run " + run));
    } else if (listed.size() < all.size()) {
      console.line("and %,d older: --all lists them".formatted(all.size() - listed.size()));
    }
    return 0;
  }

  @Command(name = "show", description = "Shows the rejected rows of one input and why.")
  int show(
      @Mixin HomeOptions options,
      @Parameters(paramLabel = "FILE", description = FILE) String file,
      @Option(names = "--rule", paramLabel = "RULE", description = "Only what broke this rule.")
          @Nullable String rule,
      @Option(
              names = "--limit",
              paramLabel = "N",
              description = "So many rows (default: " + SHOWN + "; all with --json and --csv).")
          @Nullable Integer limit,
      @ArgGroup @Nullable Form form) {
    if (limit != null && limit < 1) {
      throw new ConvoyException(ErrorCode.USAGE, "--limit %d: expected 1 or more".formatted(limit));
    }
    Console console = options.console();
    long most = limit != null ? limit : form == null ? SHOWN : Long.MAX_VALUE;
    return options.read(
        "quarantine show",
        store -> {
          QuarantinedInput input = QuarantineActs.find(store, file);
          List<Quarantine.Line> lines = QuarantinedInputs.lines(store, input, rule, most);
          if (form != null) {
            console.line(form.isCsv ? csv(lines) : QuarantineJson.of(input, lines));
            return 0;
          }
          console.line(QuarantineText.line(input));
          QuarantineText.rows(lines).forEach(console::line);
          long more = input.rowsOf(rule) - most;
          if (lines.isEmpty()) {
            console.line("no row broke the rule " + rule);
          } else if (more > 0) {
            console.line(
                "and %s more: --limit %d shows them"
                    .formatted(QuarantineText.rows(more), more + most));
          }
          return 0;
        });
  }

  private static String csv(List<Quarantine.Line> lines) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      new QuarantineCsvWriter().write(text, lines.stream().map(Archive::line).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString(UTF_8).stripTrailing();
  }

  @Command(
      name = "resubmit",
      description = "Puts rejected rows, or a refused file, into the inbox to be judged again.")
  int resubmit(
      @Mixin HomeOptions options,
      @Mixin ActorOptions actor,
      @Parameters(paramLabel = "FILE", description = FILE) String file,
      @Option(names = "--rule", paramLabel = "RULE", description = "Only rows that broke it.")
          @Nullable String rule,
      @Option(
              names = "--to",
              paramLabel = "PATH",
              description = "A new file or a folder instead of the inbox, for editing.")
          @Nullable Path to,
      @Option(names = "--again", description = "Also what was sent before.") boolean isAgain) {
    Home home = options.existing();
    ConvoySettings settings = options.settings(home);
    ExportFormats formats = ExportFormats.of(home, settings, Modules.catalog(settings));
    Console console = options.console();
    options.change(
        "quarantine resubmit",
        actor.prove(options, Permission.RESUBMIT_ROWS),
        store -> {
          QuarantinedInput input = QuarantineActs.find(store, file);
          try {
            var request = new Resubmission.Request(rule, to, isAgain);
            say(
                console,
                input,
                Resubmission.make(home, formats, store, input, request, Instant.now()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return 0;
  }

  private static void say(Console console, QuarantinedInput input, Resubmission.Result result) {
    for (QuarantinedInput.Resubmission made : result.files()) {
      String what = made.rows() == 0 ? "" : QuarantineText.rows(made.rows()) + " of ";
      console.line(
          made.act() == QuarantinedInput.Act.SENT
              ? "%s%s: in %s; the next run takes it in".formatted(what, input.name(), made.target())
              : "%s%s: in %s; correct it and put it into the inbox"
                  .formatted(what, input.name(), made.target()));
    }
    result
        .leftOut()
        .forEach(
            (rule, rows) ->
                console.line(
                    rule.equals("ENCODING")
                        ? "%s of %s left out: take them from the input itself"
                            .formatted(QuarantineText.rows(rows), rule)
                        : "%s of %s left out: a person has to correct them; --to PATH takes them out"
                            .formatted(QuarantineText.rows(rows), rule)));
  }
}
