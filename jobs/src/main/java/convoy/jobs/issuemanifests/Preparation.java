package convoy.jobs.issuemanifests;

import convoy.config.ConvoySettings;
import convoy.data.campaign.PlannedEnd;
import convoy.data.duckdb.CampaignEnds;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.duckdb.Rollbacks;
import convoy.data.duckdb.Waves;
import convoy.data.manifest.ImageTargets;
import convoy.jobs.control.CampaignControl;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.trust.TrustCheck;
import convoy.jobs.trust.TrustedCampaigns;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.batch.core.step.StepExecution;
import tools.jackson.core.JacksonException;

/**
 * What comes before signing: roots, image repository and images are put into the outbox, campaigns
 * whose end has come end, and every vehicle whose turn has come gets its manifest's version and
 * place in a shard.
 */
final class Preparation {
  private final ConvoySettings settings;
  private final SigningGround ground;
  private final UpdateImages images;
  private final TrustCheck trust;
  private final RollbackPreparation rollbacks;
  private final LaterTurns turns;

  Preparation(
      ConvoySettings settings,
      SigningGround ground,
      UpdateImages images,
      TrustCheck trust,
      RollbackPreparation rollbacks,
      LaterTurns turns) {
    this.settings = settings;
    this.ground = ground;
    this.images = images;
    this.trust = trust;
    this.rollbacks = rollbacks;
    this.turns = turns;
  }

  void prepare(StepExecution step, FleetStore store, Instant now) throws IOException {
    List<String> lines = new ArrayList<>();
    IssueParameters parameters = IssueParameters.of(step.getJobParameters());
    if (!parameters.withdrawalsOnly()) {
      prepareCampaigns(step, store, lines, now);
    } else {
      prepareTakingBack(step, store, lines, now);
    }
    withdrawAnew(store, parameters, now);
    lines.addAll(toTell(Issuing.withdrawing(store), parameters, "withdraw others"));
    lines.addAll(toTell(Issuing.rollingBack(store), parameters, "take vehicles back"));
    String nothing = parameters.withdrawalsOnly() ? "nothing to take back" : "no running campaign";
    JobSummary.say(step, lines.isEmpty() ? nothing : String.join("\n", lines));
  }

  /** Manifests without targets need the roots alone; those that install need the images listed. */
  private void prepareTakingBack(
      StepExecution step, FleetStore store, List<String> lines, Instant now) throws IOException {
    List<Rollbacks.Scope> back = rollbacks.settle(store, step, lines, now);
    if (back.isEmpty()) {
      if (!ground.publishRoots(store, lines, now)) {
        JobSummary.distrusted(step);
      }
      return;
    }
    Optional<ImageTargets> listed = ground.prepare(store, lines, now);
    if (listed.isEmpty()) {
      JobSummary.distrusted(step);
    } else {
      List<String> releases = RollbackPreparation.listedReleases(store, listed.get());
      rollbacks.prepare(store, back, listed.get(), releases, step, lines, now);
    }
  }

  private void prepareCampaigns(
      StepExecution step, FleetStore store, List<String> lines, Instant now) throws IOException {
    List<Campaigns.Campaign> trusted =
        endDue(
            store,
            TrustedCampaigns.select(store, trust, Set.of("APPROVED", "RUNNING"), step, lines, now),
            step,
            lines,
            now);
    List<Rollbacks.Scope> back = rollbacks.settle(store, step, lines, now);
    for (Campaigns.Campaign campaign : trusted) {
      Issuing.release(store, campaign.id(), now);
    }
    Optional<ImageTargets> listed = ground.prepare(store, lines, now);
    if (listed.isEmpty()) {
      JobSummary.distrusted(step);
      return;
    }
    List<String> releases = RollbackPreparation.listedReleases(store, listed.get());
    rollbacks.prepare(store, back, listed.get(), releases, step, lines, now);
    Set<String> accepted = ground.accepted(store, now).orElseThrow();
    rollbacks.resign(store, step, listed.get(), accepted, lines, now);
    // After the trust check: a campaign that was stopped just now keeps no vehicle from the others.
    Waves.settleCompetition(store, now);
    Map<String, Optional<String>> problems = new HashMap<>();
    for (Campaigns.Campaign campaign : trusted) {
      problems.put(
          campaign.id(), SigningGround.problem(listed.get(), store, update(store, campaign)));
    }
    Set<String> written = written(store, problems, step);
    for (Campaigns.Campaign campaign : trusted) {
      Definitions.Update update = update(store, campaign);
      Optional<String> unlisted = Objects.requireNonNull(problems.get(campaign.id()));
      if (unlisted.isPresent()) {
        // Not paused: once people have signed the list, the next run issues.
        JobSummary.distrusted(step);
        lines.add("%s: nothing is issued: %s".formatted(campaign.id(), unlisted.get()));
        continue;
      }
      Optional<String> problem = images.publish(store, update);
      if (problem.isPresent()) {
        lines.add(TrustedCampaigns.stop(store, campaign, problem.get(), step, now));
        continue;
      }
      Issuing.Anew anew =
          Issuing.resign(
              store,
              campaign.id(),
              Issuing.Resigned.INSTALLING,
              accepted,
              CampaignControl.packing(settings),
              now);
      lines.addAll(RollbackPreparation.toTell(campaign.id(), anew, "manifests"));
      lines.add(turns.prepare(store, campaign.id(), releases, written, now));
    }
  }

  /**
   * The campaigns of which the job writes what is prepared: updates, or the way back from them.
   *
   * @param problems why the images of those that may issue are not listed, if so
   */
  private static Set<String> written(
      FleetStore store, Map<String, Optional<String>> problems, StepExecution step) {
    IssueParameters parameters = IssueParameters.of(step.getJobParameters());
    Set<String> written = new HashSet<>();
    problems.forEach(
        (campaign, problem) -> {
          if (problem.isEmpty()) {
            written.add(campaign);
          }
        });
    for (Issuing.Shard back : Issuing.rollingBack(store)) {
      if (parameters.includes(back.campaign())) {
        written.add(back.campaign());
      }
    }
    return written;
  }

  /**
   * Ends the campaigns whose end has come, also a paused one: what is signed of the end holds for
   * it too, unless it cannot be trusted.
   *
   * @param trusted approved and running ones
   * @return the running ones that go on
   */
  private List<Campaigns.Campaign> endDue(
      FleetStore store,
      List<Campaigns.Campaign> trusted,
      StepExecution step,
      List<String> lines,
      Instant now) {
    RunParameters parameters = RunParameters.of(step.getJobParameters());
    List<Campaigns.Campaign> all = new ArrayList<>(trusted);
    Campaigns.all(store).stream()
        .filter(c -> c.state().equals("PAUSED") && parameters.includes(c.id()))
        .filter(c -> mayHaveEnded(c, now) && CampaignEnds.of(store, c.id()).isEmpty())
        .filter(c -> trust.problem(store, c).isEmpty())
        .forEach(all::add);
    List<Campaigns.Campaign> goOn = new ArrayList<>();
    for (Campaigns.Campaign campaign : all) {
      Optional<PlannedEnd> end = PlannedEnd.of(campaign.definition()).filter(e -> e.isPast(now));
      if (end.isEmpty()) {
        goOn.add(campaign);
      } else if (CampaignEnds.of(store, campaign.id()).isEmpty()) {
        CampaignEnds.Ended ended =
            CampaignEnds.carryOut(
                store, campaign.id(), end.get(), CampaignControl.packing(settings), now);
        lines.add(
            "%s: ended (%s): %,d vehicles get no manifest any more, %,d manifests withdrawn"
                .formatted(campaign.id(), end.get().when(), ended.cancelled(), ended.withdrawn()));
      }
    }
    return goOn.stream().filter(c -> c.state().equals("RUNNING")).toList();
  }

  /** Asked before the trust check, which costs more and refuses what cannot be read here. */
  private static boolean mayHaveEnded(Campaigns.Campaign campaign, Instant now) {
    try {
      return PlannedEnd.of(campaign.definition()).filter(end -> end.isPast(now)).isPresent();
    } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
      return true;
    }
  }

  /** What takes manifests back has to reach its vehicles whatever became of the campaign. */
  private void withdrawAnew(FleetStore store, IssueParameters parameters, Instant now)
      throws IOException {
    Set<String> accepted = ground.accepted(store, now).orElse(null);
    if (accepted == null) {
      return;
    }
    for (Campaigns.Campaign campaign : Campaigns.all(store)) {
      if (parameters.includes(campaign.id())) {
        Issuing.resign(
            store,
            campaign.id(),
            Issuing.Resigned.WITHDRAWING,
            accepted,
            CampaignControl.packing(settings),
            now);
      }
    }
  }

  /**
   * A line for each campaign of which vehicles are to be told something.
   *
   * @param what their manifests do, in words
   */
  private static List<String> toTell(
      List<Issuing.Shard> shards, IssueParameters parameters, String what) {
    Map<String, Integer> vehicles = new TreeMap<>();
    for (Issuing.Shard shard : shards) {
      if (parameters.includes(shard.campaign())) {
        vehicles.merge(shard.campaign(), shard.vehicles(), Integer::sum);
      }
    }
    return vehicles.entrySet().stream()
        .map(c -> "%s: %,d manifests to %s".formatted(c.getKey(), c.getValue(), what))
        .toList();
  }

  /** The update of a campaign that the trust check has passed. */
  static Definitions.Update update(FleetStore store, Campaigns.Campaign campaign) {
    return Definitions.update(store, campaign.updateName(), campaign.updateVersion()).orElseThrow();
  }
}
