package convoy.jobs.registerdefinitions;

import convoy.config.Home;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.update.UpdateDefinition;
import convoy.data.vehicle.ModuleCatalog;
import convoy.jobs.images.ClearImages;
import convoy.jobs.images.Image;
import convoy.jobs.images.ImageStore;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Tasklets;
import convoy.jobs.registerdefinitions.UpdateRegistrar.Outcome;
import convoy.jobs.registerdefinitions.UpdateRegistrar.Result;
import convoy.readers.definition.UpdateDefinitionReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
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
    return ImageStore.of(home);
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
            step -> {
              DefinitionFolder.Report report =
                  DefinitionFolder.register(
                      "update",
                      home.updates(),
                      yaml -> updates.register(store.get(), yaml, clock.instant()));
              int removed = removeClearImages(store.get(), home, modules, report);
              if (removed > 0) {
                report.lines().add("clear images removed, kept encrypted: " + removed);
              }
              report.tell(step);
            });
    Step registerCampaigns =
        Tasklets.step(
            "registerCampaigns",
            repository,
            step ->
                DefinitionFolder.register(
                        "campaign",
                        home.campaigns(),
                        yaml -> campaign(store.get(), yaml, clock.instant()))
                    .tell(step));
    return new JobBuilder(JOB, repository).start(registerUpdates).next(registerCampaigns).build();
  }

  private static Result campaign(FleetStore store, Path yaml, Instant now) {
    return CampaignRegistrar.register(store, yaml, now)
        .map(id -> new Result(id, Outcome.REGISTERED, List.of()))
        .orElseGet(() -> new Result("", Outcome.KNOWN, List.of()));
  }

  /** After the transactions of their updates: until then the files are all there is. */
  private static int removeClearImages(
      FleetStore store, Home home, ModuleCatalog modules, DefinitionFolder.Report report)
      throws IOException {
    ClearImages clear = new ClearImages(home.updates(), report.refused());
    int removed = 0;
    for (Path yaml : report.accepted()) {
      UpdateDefinition update = UpdateDefinitionReader.read(yaml, modules);
      Optional<Definitions.Update> registered =
          Definitions.update(store, update.name(), update.version());
      if (registered.isPresent()) {
        removed +=
            clear.remove(
                yaml,
                UpdateRegistrar.imagePaths(update),
                Image.ofDefinition(registered.get().definition()));
      }
    }
    return removed;
  }
}
