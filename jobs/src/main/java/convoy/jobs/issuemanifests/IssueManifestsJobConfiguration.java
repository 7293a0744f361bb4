package convoy.jobs.issuemanifests;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.eligibility.MatchRules;
import convoy.jobs.control.CampaignControl;
import convoy.jobs.images.ImageStore;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Progress;
import convoy.jobs.platform.Tasklets;
import convoy.jobs.trust.RollbackCheck;
import convoy.jobs.trust.TrustCheck;
import convoy.jobs.trust.WithdrawalCheck;
import java.time.Clock;
import org.springframework.batch.core.configuration.annotation.JobScope;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Issues manifests in chunks. A chunk is one shard: its file is written and synced under its final
 * name, and then the fleet store records in one transaction that it is issued. After a kill between
 * the two the shard is written again, byte for byte; with a key in a hardware module, with other
 * signatures of the same.
 */
@Configuration(proxyBeanMethods = false)
public class IssueManifestsJobConfiguration {
  public static final String JOB = "issueManifests";

  @Bean
  @JobScope
  SigningGround signingGround(Home home, ConvoySettings settings) {
    return new SigningGround(home, settings);
  }

  @Bean
  @JobScope
  LaterTurns laterTurns(ConvoySettings settings, MatchRules rules) {
    return new LaterTurns(settings, rules);
  }

  @Bean
  @StepScope
  ItemReader<DueShard> dueShards(
      OpenStore store,
      CampaignControl control,
      TrustCheck trust,
      WithdrawalCheck withdrawals,
      RollbackCheck rollbacks,
      SigningGround ground,
      LaterTurns turns,
      Home home,
      ImageStore images,
      Clock clock,
      @Value("#{stepExecution}") StepExecution step) {
    return new DueShards(
        store,
        control,
        trust,
        withdrawals,
        rollbacks,
        ground,
        turns,
        new CarriedCheck(trust, rollbacks, new UpdateImages(home, images)),
        clock,
        step);
  }

  @Bean
  @StepScope
  ItemWriter<DueShard> shardIssuer(
      Home home,
      ConvoySettings settings,
      OpenStore store,
      SigningGround ground,
      ImageStore images,
      Clock clock,
      Progress progress) {
    return new ShardIssuer(home, settings, store, ground, images, clock, progress);
  }

  @Bean
  Step issueShards(
      JobRepository repository,
      PlatformTransactionManager transactions,
      ItemReader<DueShard> dueShards,
      ItemWriter<DueShard> shardIssuer) {
    return new StepBuilder("issueShards", repository)
        .<DueShard, DueShard>chunk(1)
        .transactionManager(transactions)
        .reader(dueShards)
        .writer(shardIssuer)
        .build();
  }

  /**
   * The parameters with which the job only writes manifests that take others back, or vehicles that
   * a person has rolled back, of one campaign.
   */
  public static JobParameters withdrawals(String run, String campaign) {
    return IssueParameters.withdrawals(run, campaign);
  }

  @Bean
  Job issueManifests(
      JobRepository repository,
      Step issueShards,
      OpenStore store,
      Home home,
      ConvoySettings settings,
      SigningGround ground,
      ImageStore images,
      TrustCheck trust,
      RollbackCheck rollbacks,
      LaterTurns turns,
      Clock clock) {
    UpdateImages published = new UpdateImages(home, images);
    Preparation preparation =
        new Preparation(
            settings,
            ground,
            published,
            trust,
            new RollbackPreparation(trust, rollbacks, published, CampaignControl.packing(settings)),
            turns);
    Step prepare =
        // After a cut-off too: what may no longer be trusted by then is stopped and named.
        Tasklets.everyTime(
            "prepareManifests",
            repository,
            step -> preparation.prepare(step, store.get(), clock.instant()));
    return new JobBuilder(JOB, repository).start(prepare).next(issueShards).build();
  }
}
