package convoy.jobs.registerdefinitions;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.jobs.platform.JobSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   */
  record Outcome(List<String> lines, List<Path> accepted, List<Path> refused) {
    void tell(StepExecution step) {
      JobSummary.say(step, String.join("\n", lines));
      JobSummary.refused(step, refused.size());
    }
  }

  /**
   * Each definition is a transaction of its own: a bad one is named and does not hold back the
   * others.
   *
   * @param registrar gives the definition's name when it is new
   */
  static Outcome register(String what, Path folder, Function<Path, Optional<String>> registrar)
      throws IOException {
    Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    int known = 0;
    for (Path yaml : definitions(folder)) {
      try {
        Optional<String> registered = registrar.apply(yaml);
        registered.ifPresent(name -> outcome.lines().add("%s %s registered".formatted(what, name)));
        known += registered.isEmpty() ? 1 : 0;
        outcome.accepted().add(yaml);
      } catch (ConvoyException e) {
        if (e.code() != ErrorCode.INPUT_REFUSED) {
          throw e;
        }
        outcome.lines().add("%s refused: %s".formatted(what, e.getMessage()));
        outcome.refused().add(yaml);
      }
    }
    if (known > 0) {
      outcome.lines().add("%d %s known before".formatted(known, known == 1 ? what : what + "s"));
    }
    if (outcome.lines().isEmpty()) {
      outcome.lines().add("no " + what + " definitions");
    }
    return outcome;
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
