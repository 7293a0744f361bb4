package convoy.jobs.issuemanifests;

import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.duckdb.Rollbacks;
import convoy.data.manifest.ImageTargets;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.repository.ImageCatalog;
import convoy.jobs.trust.RollbackCheck;
import convoy.jobs.trust.TrustCheck;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.batch.core.step.StepExecution;

/**
 * What comes before signing manifests that take vehicles back: those that cannot go back are
 * settled and earlier images released again, which is before the list of images is published; then
 * every vehicle whose earlier images it lists gets its manifest's version and place in a shard.
 */
final class RollbackPreparation {
  private final TrustCheck trust;
  private final RollbackCheck check;
  private final UpdateImages images;
  private final Issuing.Packing packing;

  RollbackPreparation(
      TrustCheck trust, RollbackCheck check, UpdateImages images, Issuing.Packing packing) {
    this.trust = trust;
    this.check = check;
    this.images = images;
    this.packing = packing;
  }

  /**
   * The first part.
   *
   * @param lines gets what became of vehicles, and why others wait
   * @return what the second part is for
   */
  List<Rollbacks.Scope> settle(
      FleetStore store, StepExecution step, List<String> lines, Instant now) throws IOException {
    IssueParameters parameters = IssueParameters.of(step.getJobParameters());
    List<Rollbacks.Scope> scopes = new ArrayList<>();
    Set<String> trusted = new HashSet<>();
    Set<String> published = new HashSet<>();
    for (Rollbacks.Due due : Rollbacks.due(store, now)) {
      if (!parameters.includes(due.campaign())) {
        continue;
      }
      int refused = refuse(store, due.campaign(), step, lines, now);
      boolean byPlan = byPlan(store, parameters, due, lines);
      if (due.byPerson() == refused && !byPlan) {
        continue;
      }
      if (trusted.isEmpty()) {
        trusted.addAll(check.trustedUpdates(store));
      }
      Rollbacks.Scope scope =
          publish(store, due.campaign(), byPlan, trusted, published, lines, now);
      Rollbacks.Settled settled = Rollbacks.settle(store, scope, now);
      say(due.campaign(), settled, lines);
      scopes.add(scope);
    }
    return scopes;
  }

  /** Nothing is prepared that would not be signed: it would keep others from their vehicles. */
  private int refuse(
      FleetStore store, String campaign, StepExecution step, List<String> lines, Instant now) {
    Map<String, String> refused =
        check.refused(store, campaign, Rollbacks.asked(store, campaign, now));
    Rollbacks.refuse(store, campaign, refused, now);
    Map<String, Long> reasons = new TreeMap<>();
    refused.values().forEach(why -> reasons.merge(why, 1L, Long::sum));
    reasons.forEach(
        (why, vehicles) -> {
          JobSummary.distrusted(step);
          lines.add(
              "%s: %,d vehicles are not told to go back, their rollback is not trusted: %s"
                  .formatted(campaign, vehicles, why));
        });
    return refused.size();
  }

  private boolean byPlan(
      FleetStore store, IssueParameters parameters, Rollbacks.Due due, List<String> lines) {
    if (due.byPlan() == 0 || parameters.withdrawalsOnly()) {
      return false;
    }
    Optional<String> problem = check.planProblem(store, due.campaign());
    problem.ifPresent(
        why ->
            lines.add(
                "%s: %,d vehicles wait to go back: %s"
                    .formatted(due.campaign(), due.byPlan(), why)));
    return problem.isEmpty();
  }

  /**
   * Publishes the images that the vehicles go back to.
   *
   * @param trusted loses the updates of which an image is not whole
   * @param published gets the updates whose images were looked at
   */
  private Rollbacks.Scope publish(
      FleetStore store,
      String campaign,
      boolean byPlan,
      Set<String> trusted,
      Set<String> published,
      List<String> lines,
      Instant now)
      throws IOException {
    while (true) {
      Rollbacks.Scope scope = new Rollbacks.Scope(campaign, byPlan, trusted);
      boolean isWhole = true;
      for (String source : Rollbacks.sources(store, scope, now)) {
        if (published.add(source)) {
          Optional<String> problem = images.publish(store, update(store, source));
          if (problem.isPresent()) {
            lines.add("%s: nothing goes back to %s: %s".formatted(campaign, source, problem.get()));
            trusted.remove(source);
            isWhole = false;
          }
        }
      }
      if (isWhole) {
        return scope;
      }
    }
  }

  private static void say(String campaign, Rollbacks.Settled settled, List<String> lines) {
    if (settled.stuck() > 0) {
      lines.add(
          "%s: %,d vehicles cannot go back: SERVICE_REQUIRED".formatted(campaign, settled.stuck()));
    }
    if (settled.back() > 0) {
      lines.add(
          "%s: %,d vehicles run the versions from before: ROLLED_BACK"
              .formatted(campaign, settled.back()));
    }
    if (settled.releases() > 0) {
      lines.add("%s: %,d images released again".formatted(campaign, settled.releases()));
    }
  }

  /**
   * The second part.
   *
   * @param listed what the image repository lists by now
   * @param releases which re-releases are among that
   */
  void prepare(
      FleetStore store,
      List<Rollbacks.Scope> scopes,
      ImageTargets listed,
      List<String> releases,
      StepExecution step,
      List<String> lines,
      Instant now) {
    for (Rollbacks.Scope scope : scopes) {
      for (Rollbacks.Waiting waiting : Rollbacks.prepare(store, scope, releases, packing, now)) {
        // Nothing is wrong with the vehicles: once people have signed the list, the next run
        // issues.
        JobSummary.distrusted(step);
        lines.add(
            "%s: %,d vehicles wait to go back: release %s of update %s is not listed by the image repository: its %d.targets.json waits for a newer one with signatures"
                .formatted(
                    scope.campaign(),
                    waiting.vehicles(),
                    waiting.release(),
                    waiting.update(),
                    listed.version()));
      }
    }
  }

  /**
   * Prepares anew what takes vehicles back and rests on a key that is refused by now, in campaigns
   * of any state; by a definition only where it is not PAUSED. So it does with what newer manifests
   * of the vehicles leave out. What does not hold is named and not prepared.
   *
   * @param listed what the image repository lists by now
   * @param accepted the ids of the keys whose signatures vehicles take
   */
  void resign(
      FleetStore store,
      StepExecution step,
      ImageTargets listed,
      Set<String> accepted,
      List<String> lines,
      Instant now) {
    IssueParameters parameters = IssueParameters.of(step.getJobParameters());
    CarriedCheck proof = new CarriedCheck(trust, check, images);
    for (String campaign : Rollbacks.underWay(store)) {
      if (!parameters.includes(campaign)) {
        continue;
      }
      // Of a definition that does not hold it is said so below, by the proof.
      boolean waits = Campaigns.require(store, campaign).state().equals("PAUSED");
      Issuing.Anew anew =
          Issuing.resign(
              store,
              campaign,
              waits ? Issuing.Resigned.ROLLING_BACK : Issuing.Resigned.ROLLING_BACK_BY_PLAN,
              accepted,
              shard -> {
                Optional<String> problem = proof.problem(store, shard, listed);
                problem.ifPresent(
                    why -> {
                      JobSummary.distrusted(step);
                      lines.add(
                          "%s: %,d vehicles are not told once more to go back, their rollback is not trusted: %s"
                              .formatted(campaign, shard.vehicles(), why));
                    });
                return problem;
              },
              packing,
              now);
      lines.addAll(toTell(campaign, anew, "manifests that take vehicles back"));
    }
  }

  /** A line for each reason to prepare manifests anew. */
  static List<String> toTell(String campaign, Issuing.Anew anew, String what) {
    List<String> lines = new ArrayList<>();
    if (anew.refused() > 0) {
      lines.add(
          "%s: %,d %s to sign anew, since a key that signed them is refused"
              .formatted(campaign, anew.refused(), what));
    }
    if (anew.leftOut() > 0) {
      lines.add(
          "%s: %,d %s to give anew, since newer ones of their vehicles leave them out"
              .formatted(campaign, anew.leftOut(), what));
    }
    return lines;
  }

  /** The releases of which every image is listed as it should be. */
  static List<String> listedReleases(FleetStore store, ImageTargets listed) {
    return Rollbacks.releases(store).stream()
        .filter(
            release ->
                listed
                    .images()
                    .entrySet()
                    .containsAll(
                        ImageCatalog.of(store, update(store, release.update()), release)
                            .entrySet()))
        .map(Rollbacks.Release::name)
        .toList();
  }

  /** The update of that name and version, with a space between. */
  static Definitions.Update update(FleetStore store, String nameAndVersion) {
    String[] parts = nameAndVersion.split(" ", 2);
    return Definitions.update(store, parts[0], parts[1]).orElseThrow();
  }
}
