package convoy.jobs.registerdefinitions;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.registerdefinitions.UpdateRegistrar.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.batch.core.step.StepExecution;

/** A folder of definitions of one kind, gone through once. */
final class DefinitionFolder {
  private DefinitionFolder() {}

  /**
   * What came of each definition.
   *
   * @param lines for a person; more may be added
   * @param accepted those that are registered now, new or known before
   * @param left those that wait for someone to confirm them
   */
  record Report(List<String> lines, List<Path> accepted, List<Path> refused, List<Path> left) {
    void tell(StepExecution step) {
      JobSummary.say(step, String.join("\n", lines));
      JobSummary.refused(step, refused.size());
      JobSummary.left(step, left.size());
    }
  }

  /**
   * Each definition is a transaction of its own: a bad one is named and does not hold back the
   * others.
   *
   * @param registrar says what became of a file, or refuses it
   */
  static Report register(String what, Path folder, Function<Path, Result> registrar)
      throws IOException {
    Report report =
        new Report(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    int known = 0;
    for (Path yaml : definitions(folder)) {
      try {
        Result result = registrar.apply(yaml);
        switch (result.outcome()) {
          case REGISTERED ->
              report.lines().add("%s %s registered".formatted(what, result.update()));
          case WITHDRAWN ->
              report
                  .lines()
                  .add("%s %s is withdrawn and stays so".formatted(what, result.update()));
          case KNOWN -> known++;
        }
        for (String warning : result.warnings()) {
          report.lines().add("%s %s: warning: %s".formatted(what, result.update(), warning));
        }
        report.accepted().add(yaml);
      } catch (AudienceCheck.Unconfirmed e) {
        report.lines().add("%s left: %s".formatted(what, e.getMessage()));
        report.left().add(yaml);
      } catch (ConvoyException e) {
        if (e.code() != ErrorCode.INPUT_REFUSED) {
          throw e;
        }
        report.lines().add("%s refused: %s".formatted(what, e.getMessage()));
        report.refused().add(yaml);
      }
    }
    if (known > 0) {
      report.lines().add("%d %s known before".formatted(known, known == 1 ? what : what + "s"));
    }
    if (report.lines().isEmpty()) {
      report.lines().add("no " + what + " definitions");
    }
    return report;
  }

  private static List<Path> definitions(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
          .sorted()
          .toList();
    }
  }
}
