package convoy.jobs.verifyimages;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.image.ImageKeys;
import convoy.jobs.images.ImageStore;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Progress;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.platform.Tasklets;
import java.time.Clock;
import java.time.Duration;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens what is kept of images, in the nightly run those whose turn has come. */
@Configuration(proxyBeanMethods = false)
public class VerifyImagesJobConfiguration {
  public static final String JOB = "verifyImages";

  private static final String EACH = "each";

  @Bean
  Job verifyImages(
      JobRepository repository,
      OpenStore store,
      Home home,
      ConvoySettings settings,
      ImageStore images,
      Progress progress,
      Clock clock) {
    return new JobBuilder(JOB, repository)
        .start(
            Tasklets.step(
                "openImages",
                repository,
                step -> {
                  ImageKeys.load(ImageStore.keys(home));
                  boolean each = step.getJobParameters().getString(EACH) != null;
                  Duration every = each ? Duration.ZERO : settings.images().verifyEvery();
                  new Verification(images, store.get(), progress, every, each)
                      .run(step, clock.instant());
                }))
        .build();
  }

  /** The parameters with which the job opens each image now and lists it. */
  public static JobParameters each(String run) {
    return new JobParametersBuilder(new RunParameters(run, null).toJobParameters())
        .addString(EACH, "true", false)
        .toJobParameters();
  }
}
