package convoy.jobs.registerdefinitions;

import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.vehicle.ModuleCatalog;
import convoy.jobs.images.ImageStore;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Tasklets;
import convoy.jobs.registerdefinitions.UpdateRegistrar.Outcome;
import convoy.jobs.registerdefinitions.UpdateRegistrar.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Registers what stands in the folders of updates and campaigns; what is registered already is left
 * as it is.
 */
@Configuration(proxyBeanMethods = false)
public class RegisterDefinitionsJobConfiguration {
  public static final String JOB = "registerDefinitions";

  @Bean
  ImageStore imageStore(Home home) {
    return images(home);
  }

  static ImageStore images(Home home) {
    return new ImageStore(home.store().resolve("images"));
  }

  @Bean
  Job registerDefinitions(
      JobRepository repository,
      OpenStore store,
      Home home,
      ModuleCatalog modules,
      ImageStore images,
      Clock clock) {
    UpdateRegistrar updates = new UpdateRegistrar(modules, images);
    Step registerUpdates =
        Tasklets.step(
            "registerUpdates",
            repository,
            step ->
                register(
                    step,
                    "update",
                    home.updates(),
                    yaml -> updates.register(store.get(), yaml, clock.instant())));
    Step registerCampaigns =
        Tasklets.step(
            "registerCampaigns",
            repository,
            step ->
                register(
                    step,
                    "campaign",
                    home.campaigns(),
                    yaml -> campaign(store.get(), yaml, clock.instant())));
    return new JobBuilder(JOB, repository).start(registerUpdates).next(registerCampaigns).build();
  }

  private static Result campaign(FleetStore store, Path yaml, Instant now) {
    return CampaignRegistrar.register(store, yaml, now)
        .map(id -> new Result(id, Outcome.REGISTERED, List.of()))
        .orElseGet(() -> new Result("", Outcome.KNOWN, List.of()));
  }

  /**
   * Each definition is a transaction of its own: a bad one is named and does not hold back the
   * others.
   */
  private static void register(
      StepExecution step, String what, Path folder, Function<Path, Result> registrar)
      throws IOException {
    List<String> lines = new ArrayList<>();
    int known = 0;
    int refused = 0;
    for (Path yaml : definitions(folder)) {
      try {
        Result result = registrar.apply(yaml);
        switch (result.outcome()) {
          case REGISTERED -> lines.add("%s %s registered".formatted(what, result.update()));
          case WITHDRAWN ->
              lines.add("%s %s is withdrawn and stays so".formatted(what, result.update()));
          case KNOWN -> known++;
        }
        result
            .warnings()
            .forEach(w -> lines.add("%s %s: warning: %s".formatted(what, result.update(), w)));
      } catch (ConvoyException e) {
        if (e.code() != ErrorCode.INPUT_REFUSED) {
          throw e;
        }
        lines.add("%s refused: %s".formatted(what, e.getMessage()));
        refused++;
      }
    }
    if (known > 0) {
      lines.add("%d %s known before".formatted(known, known == 1 ? what : what + "s"));
    }
    JobSummary.say(
        step, lines.isEmpty() ? "no " + what + " definitions" : String.join("\n", lines));
    JobSummary.refused(step, refused);
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
