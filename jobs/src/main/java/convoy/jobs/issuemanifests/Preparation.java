package convoy.jobs.issuemanifests;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.duckdb.Waves;
import convoy.data.eligibility.MatchRules;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.FileDigest;
import convoy.data.manifest.ImageTargets;
import convoy.jobs.images.Image;
import convoy.jobs.images.ImageStore;
import convoy.jobs.images.KeptImages;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.trust.TrustCheck;
import convoy.jobs.trust.TrustedCampaigns;
import convoy.writers.manifest.OutboxPublisher;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.batch.core.step.StepExecution;

/**
 * What comes before signing: roots, image repository and images are put into the outbox, and every
 * vehicle whose turn has come gets its manifest's version and place in a shard.
 */
final class Preparation {
  private final Home home;
  private final ConvoySettings settings;
  private final ImageStore images;
  private final TrustCheck trust;
  private final MatchRules rules;

  Preparation(
      Home home, ConvoySettings settings, ImageStore images, TrustCheck trust, MatchRules rules) {
    this.home = home;
    this.settings = settings;
    this.images = images;
    this.trust = trust;
    this.rules = rules;
  }

  void prepare(StepExecution step, FleetStore store, Instant now) throws IOException {
    List<String> lines = new ArrayList<>();
    List<Campaigns.Campaign> trusted =
        TrustedCampaigns.select(store, trust, Set.of("RUNNING"), step, lines, now);
    SigningGround ground = new SigningGround(home, settings);
    Optional<String> unready = ground.prepare(store, lines, now);
    if (unready.isPresent()) {
      lines.add("nothing is issued: " + unready.get());
      JobSummary.distrusted(step);
      JobSummary.say(step, String.join("\n", lines));
      return;
    }
    ImageTargets listed = ground.images(now);
    // After the trust check: a campaign that was stopped just now keeps no vehicle from the others.
    Waves.settleCompetition(store, now);
    for (Campaigns.Campaign campaign : trusted) {
      Definitions.Update update = update(store, campaign);
      Optional<String> unlisted = SigningGround.problem(listed, store, update);
      if (unlisted.isPresent()) {
        // Not paused: once people have signed the list, the next run issues.
        JobSummary.distrusted(step);
        lines.add("%s: nothing is issued: %s".formatted(campaign.id(), unlisted.get()));
        continue;
      }
      Optional<String> problem = publishImages(store, update);
      if (problem.isPresent()) {
        lines.add(TrustedCampaigns.stop(store, campaign, problem.get(), step, now));
        continue;
      }
      int prepared =
          Issuing.prepare(
              store,
              campaign.id(),
              rules,
              dayBegan(now),
              settings.manifests().chunkVehicles(),
              settings.manifests().validFor(),
              now);
      lines.add("%s: %,d manifests to issue".formatted(campaign.id(), prepared));
    }
    JobSummary.say(step, lines.isEmpty() ? "no running campaign" : String.join("\n", lines));
  }

  /** The calendar day of a campaign's rate is that of the schedule's time zone. */
  private Instant dayBegan(Instant now) {
    ZoneId zone = settings.schedule().zone();
    return now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
  }

  /** The update of a campaign that the trust check has passed. */
  static Definitions.Update update(FleetStore store, Campaigns.Campaign campaign) {
    return Definitions.update(store, campaign.updateName(), campaign.updateVersion()).orElseThrow();
  }

  /** Why the update's images cannot be published; empty when they are. */
  private Optional<String> publishImages(FleetStore store, Definitions.Update update)
      throws IOException {
    OutboxPublisher outbox = new OutboxPublisher(home.outbox());
    try {
      for (Image image : Image.ofDefinition(update.definition()).values()) {
        FileDigest encrypted = KeptImages.require(store, image).encrypted();
        outbox.publishImage(images.file(image.sha256()), image.name(), encrypted.sha256());
      }
      return Optional.empty();
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.NOT_TRUSTED) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
