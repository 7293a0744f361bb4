package convoy.jobs.verifyimages;

import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Images;
import convoy.jobs.images.ImageStore;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.Progress;
import convoy.jobs.trust.TrustedCampaigns;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.step.StepExecution;

/** One pass over the image store. */
final class Verification {
  private final ImageStore images;
  private final FleetStore store;
  private final Progress progress;
  private final Duration every;
  private final boolean listsEach;
  private final List<String> lines = new ArrayList<>();
  private int opened;
  private int recent;

  /**
   * @param every an image that was found whole within this time is not opened again
   * @param listsEach whether whole images are listed too
   */
  Verification(
      ImageStore images, FleetStore store, Progress progress, Duration every, boolean listsEach) {
    this.images = images;
    this.store = store;
    this.progress = progress;
    this.every = every;
    this.listsEach = listsEach;
  }

  void run(StepExecution step, Instant now) throws IOException {
    images.clean();
    List<Images.Listed> all = Images.all(store);
    for (Images.Listed image : all) {
      progress.at("verifying images", opened + recent, all.size());
      if (isRecent(image, now)) {
        recent++;
        list(image, "verified before");
        continue;
      }
      opened++;
      Optional<String> problem = images.problem(image.sha256(), image.kept());
      if (problem.isEmpty()) {
        Images.verified(store, image.sha256(), now);
        list(image, "verified");
      } else {
        distrust(image, problem.get(), step, now);
      }
    }
    lines.add(0, "opened %,d of %,d images".formatted(opened, all.size()));
    JobSummary.say(step, all.isEmpty() ? "no images" : String.join("\n", lines));
  }

  /** A missing or cut file is found at once: to look costs nothing. */
  private boolean isRecent(Images.Listed image, Instant now) throws IOException {
    Images.Kept kept = image.kept().orElse(null);
    return kept != null
        && kept.verifiedAt() != null
        && kept.verifiedAt().plus(every).isAfter(now)
        && images.isThere(image.sha256(), kept.encrypted().length());
  }

  private void distrust(Images.Listed image, String problem, StepExecution step, Instant now) {
    Images.distrusted(store, image.sha256(), problem, now);
    JobSummary.distrusted(step);
    lines.add("%s: NOT WHOLE: %s".formatted(named(image), problem));
    for (String id : Images.campaigns(store, image.sha256())) {
      Campaigns.Campaign campaign = Campaigns.find(store, id).orElseThrow();
      lines.add(
          TrustedCampaigns.stop(
              store, campaign, "image %s: %s".formatted(image.name(), problem), step, now));
    }
  }

  private void list(Images.Listed image, String result) {
    if (listsEach || image.updates().isEmpty()) {
      lines.add("%s: %s".formatted(named(image), result));
    }
  }

  private static String named(Images.Listed image) {
    return image.updates().isEmpty()
        ? "image " + image.sha256() + ", of no registered update"
        : "image %s %s of %s"
            .formatted(image.name(), image.sha256(), String.join(", ", image.updates()));
  }
}
