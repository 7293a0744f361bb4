package convoy.jobs.publishoutbox;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.jobs.control.CampaignControl;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Progress;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.platform.Tasklets;
import convoy.writers.delivery.Destination;
import java.time.Clock;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publishes what is new in the outbox, where the settings say so. */
@Configuration(proxyBeanMethods = false)
public class PublishOutboxJobConfiguration {
  public static final String JOB = "publishOutbox";

  private static final String ALL = "all";

  @Bean
  Job publishOutbox(
      JobRepository repository,
      OpenStore store,
      Home home,
      ConvoySettings settings,
      CampaignControl control,
      Progress progress,
      Clock clock) {
    return new JobBuilder(JOB, repository)
        .start(
            Tasklets.step(
                "copyFiles",
                repository,
                step -> {
                  // Not what an execution said that failed, when this one fails sooner.
                  JobSummary.say(step, "");
                  try (Destination destination = Destinations.open(home, settings)) {
                    new Delivery(
                            store.get(),
                            home.outbox(),
                            destination,
                            Destinations.name(home, settings),
                            control,
                            progress,
                            clock)
                        .run(
                            step,
                            step.getJobParameters().getString(ALL) == null
                                ? DeliveryPlan.Scope.NEW
                                : DeliveryPlan.Scope.ALL);
                  }
                }))
        .build();
  }

  /** The parameters with which the job looks at that many files of the outbox. */
  public static JobParameters parameters(String run, DeliveryPlan.Scope scope) {
    JobParameters parameters = new RunParameters(run, null).toJobParameters();
    return scope == DeliveryPlan.Scope.NEW
        ? parameters
        : new JobParametersBuilder(parameters).addString(ALL, "true", false).toJobParameters();
  }
}
