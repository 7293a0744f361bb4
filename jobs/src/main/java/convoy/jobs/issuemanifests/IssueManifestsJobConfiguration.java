package convoy.jobs.issuemanifests;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.eligibility.MatchRules;
import convoy.data.manifest.ImageTargets;
import convoy.data.manifest.ManifestSigner;
import convoy.jobs.control.CampaignControl;
import convoy.jobs.images.ImageStore;
import convoy.jobs.issuemanifests.ShardSigner.SignedShard;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Progress;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.platform.Tasklets;
import convoy.jobs.trust.TrustCheck;
import convoy.writers.manifest.ShardWriter;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.support.IteratorItemReader;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Issues manifests in chunks. A chunk is one shard: its file is written and synced under its final
 * name, and then the fleet store records in one transaction that it is issued. After a kill between
 * the two the shard is written again, byte for byte.
 */
@Configuration(proxyBeanMethods = false)
public class IssueManifestsJobConfiguration {
  public static final String JOB = "issueManifests";

  @Bean
  @StepScope
  ItemReader<Issuing.Shard> preparedShards(
      Home home,
      ConvoySettings settings,
      OpenStore store,
      TrustCheck trust,
      Clock clock,
      @Value("#{jobParameters['run']}") String run,
      @Value("#{jobParameters['campaign']}") String campaign)
      throws IOException {
    // Asked once more at the last moment before signing.
    RunParameters parameters = new RunParameters(run, campaign);
    Optional<ImageTargets> images =
        new SigningGround(home, settings).imagesIfTrusted(clock.instant());
    List<String> trusted =
        Campaigns.all(store.get()).stream()
            .filter(c -> c.state().equals("RUNNING") && parameters.includes(c.id()))
            .filter(c -> trust.problem(store.get(), c).isEmpty())
            .filter(c -> images.isPresent() && isListed(images.get(), store.get(), c))
            .map(Campaigns.Campaign::id)
            .toList();
    return new IteratorItemReader<>(Issuing.shards(store.get(), trusted));
  }

  private static boolean isListed(
      ImageTargets images, FleetStore store, Campaigns.Campaign campaign) {
    return SigningGround.problem(images, store, Preparation.update(store, campaign)).isEmpty();
  }

  @Bean
  @StepScope
  ItemProcessor<Issuing.Shard, SignedShard> shardSigner(
      Home home,
      ConvoySettings settings,
      OpenStore store,
      CampaignControl control,
      Clock clock,
      @Value("#{stepExecution}") StepExecution step) {
    SigningGround ground = new SigningGround(home, settings);
    List<ShardSigner> signer = new ArrayList<>();
    List<String> said = new ArrayList<>();
    return shard -> {
      // A chunk is one shard: a campaign that is paused or aborted meanwhile stops before the next.
      List<String> lines = control.carryOutWaiting(store.get(), clock.instant());
      if (!lines.isEmpty()) {
        said.addAll(lines);
        JobSummary.say(step, String.join("\n", said));
      }
      if (signer.isEmpty()) {
        // Not before there is something to sign: opening keys takes a while, and may fail.
        Instant now = clock.instant();
        signer.add(
            new ShardSigner(
                new ManifestSigner(ground.keys(now)),
                ground.images(now),
                settings.manifests().imageBaseUri()));
      }
      return Issuing.isDue(store.get(), shard) ? signer.get(0).sign(store.get(), shard) : null;
    };
  }

  @Bean
  @StepScope
  ItemWriter<SignedShard> shardWriter(Home home, OpenStore store, Clock clock, Progress progress) {
    ShardWriter files = new ShardWriter();
    long[] issued = new long[1];
    return chunk -> {
      for (SignedShard signed : chunk) {
        Issuing.Shard shard = signed.shard();
        var file =
            files.write(
                home.outbox(), shard.campaign(), shard.wave(), shard.shard(), signed.bundles());
        Issuing.markIssued(store.get(), shard, file.sha256(), clock.instant());
        issued[0] += shard.vehicles();
        progress.at("issuing manifests", issued[0], -1);
      }
    };
  }

  @Bean
  Step issueShards(
      JobRepository repository,
      PlatformTransactionManager transactions,
      ItemReader<Issuing.Shard> preparedShards,
      ItemProcessor<Issuing.Shard, SignedShard> shardSigner,
      ItemWriter<SignedShard> shardWriter) {
    return new StepBuilder("issueShards", repository)
        .<Issuing.Shard, SignedShard>chunk(1)
        .transactionManager(transactions)
        .reader(preparedShards)
        .processor(shardSigner)
        .writer(shardWriter)
        .build();
  }

  @Bean
  Job issueManifests(
      JobRepository repository,
      Step issueShards,
      OpenStore store,
      Home home,
      ConvoySettings settings,
      ImageStore images,
      TrustCheck trust,
      MatchRules rules,
      Clock clock) {
    Preparation preparation = new Preparation(home, settings, images, trust, rules);
    Step prepare =
        // After a cut-off too: what may no longer be trusted by then is stopped and named.
        Tasklets.everyTime(
            "prepareManifests",
            repository,
            step -> preparation.prepare(step, store.get(), clock.instant()));
    return new JobBuilder(JOB, repository).start(prepare).next(issueShards).build();
  }
}
