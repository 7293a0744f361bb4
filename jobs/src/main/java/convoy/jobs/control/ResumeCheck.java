package convoy.jobs.control;

import convoy.data.duckdb.CampaignStops.Accepted;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Images;
import convoy.data.duckdb.Reconciliation;
import convoy.data.duckdb.Reconciliation.WaveNumbers;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.status.CampaignState;
import convoy.data.status.GateDecision;
import convoy.data.status.GateDecision.Verdict;
import convoy.data.status.GateEvidence;
import convoy.data.status.GateThresholds;
import convoy.data.status.WaveState;
import convoy.jobs.images.Image;
import convoy.jobs.images.ImageStore;
import convoy.jobs.images.KeptImages;
import convoy.jobs.trust.TrustCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a paused campaign may go on: what it was paused for must not stand any more. */
final class ResumeCheck {
  private final TrustCheck trust;
  private final ImageStore images;

  ResumeCheck(TrustCheck trust, ImageStore images) {
    this.trust = trust;
    this.images = images;
  }

  /**
   * The failures that whoever resumes the campaign accepts: of halted waves, and of those that have
   * succeeded, whose gate would call for PAUSE at once.
   *
   * @throws ConvoyException NOT_TRUSTED when the campaign or an image of it cannot be trusted;
   *     USAGE when a gate would abort it
   */
  List<Accepted> accepted(FleetStore store, Campaigns.Campaign campaign, Instant now) {
    Optional<String> problem = trust.problem(store, campaign);
    if (problem.isEmpty()) {
      problem = imageProblem(store, campaign);
    }
    if (problem.isPresent()) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED, stands(campaign, "not trusted: " + problem.get()));
    }
    GateThresholds thresholds = GateThresholds.of(campaign.definition());
    Map<String, Long> errors =
        Reconciliation.stoppingErrors(store, campaign.id(), thresholds.rule());
    List<Accepted> accepted = new ArrayList<>();
    for (WaveNumbers wave :
        Reconciliation.waves(
            store, CampaignState.PAUSED, Set.of(WaveState.HALTED, WaveState.SUCCEEDED))) {
      if (wave.campaign().equals(campaign.id())) {
        Reconciliation.decision(store, wave, thresholds, errors, now)
            .ifPresent(decision -> addNew(accepted, overrides(campaign, wave, decision)));
      }
    }
    return accepted;
  }

  /** What has an error is counted, and so accepted, in the whole campaign: once. */
  private static void addNew(List<Accepted> accepted, List<Accepted> more) {
    Set<String> errors =
        accepted.stream()
            .map(Accepted::part)
            .filter(GateEvidence::isOfCampaign)
            .collect(Collectors.toSet());
    more.stream().filter(a -> !errors.contains(a.part())).forEach(accepted::add);
  }

  private static List<Accepted> overrides(
      Campaigns.Campaign campaign, WaveNumbers wave, GateDecision decision) {
    if (decision.verdict() == Verdict.ABORT) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          stands(campaign, "wave %d %s".formatted(wave.wave(), decision.explanation())));
    }
    return decision.pauses().entrySet().stream()
        .map(part -> new Accepted(wave.wave(), part.getKey(), part.getValue()))
        .toList();
  }

  private Optional<String> imageProblem(FleetStore store, Campaigns.Campaign campaign) {
    Definitions.Update update =
        Definitions.update(store, campaign.updateName(), campaign.updateVersion()).orElseThrow();
    for (Image image : Image.ofDefinition(update.definition()).values()) {
      try {
        Images.Kept kept = KeptImages.require(store, image);
        if (!images.isThere(image.sha256(), kept.encrypted().length())) {
          return Optional.of(
              "image %s: expected it in the image store as %s"
                  .formatted(image.name(), images.file(image.sha256()).getFileName()));
        }
      } catch (ConvoyException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        throw new UncheckedIOException(image.name(), e);
      }
    }
    return Optional.empty();
  }

  private static String stands(Campaigns.Campaign campaign, String cause) {
    return "campaign %s was PAUSED: %s; it cannot be resumed: %s"
        .formatted(campaign.id(), campaign.stateReason(), cause);
  }
}
