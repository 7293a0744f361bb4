package convoy.jobs.registerdefinitions;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.update.UpdateDefinition;
import convoy.data.vehicle.ModuleCatalog;
import convoy.jobs.images.ClearImages;
import convoy.jobs.images.Image;
import convoy.jobs.images.ImageStore;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.platform.Tasklets;
import convoy.readers.definition.UpdateDefinitionReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
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

  private static final String CONFIRMED = "confirmed";

  @Bean
  ImageStore imageStore(Home home) {
    return ImageStore.of(home);
  }

  @Bean
  Job registerDefinitions(
      JobRepository repository,
      OpenStore store,
      Home home,
      ConvoySettings settings,
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
                        yaml ->
                            CampaignRegistrar.register(
                                store.get(),
                                yaml,
                                check(settings, step),
                                settings.schedule().zone(),
                                clock.instant()))
                    .tell(step));
    return new JobBuilder(JOB, repository).start(registerUpdates).next(registerCampaigns).build();
  }

  private static AudienceCheck check(ConvoySettings settings, StepExecution step) {
    boolean isConfirmed = step.getJobParameters().getString(CONFIRMED) != null;
    return AudienceCheck.of(
        settings,
        isConfirmed ? AudienceCheck.Confirmation.GIVEN : AudienceCheck.Confirmation.MISSING);
  }

  /**
   * The parameters with which campaigns pass that are for more of the fleet than the settings let
   * pass unconfirmed.
   */
  public static JobParameters confirmed(String run) {
    return new JobParametersBuilder(new RunParameters(run, null).toJobParameters())
        .addString(CONFIRMED, "true", false)
        .toJobParameters();
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
