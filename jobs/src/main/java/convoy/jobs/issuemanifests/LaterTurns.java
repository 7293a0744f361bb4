package convoy.jobs.issuemanifests;

import convoy.config.ConvoySettings;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.duckdb.Waves;
import convoy.data.eligibility.MatchRules;
import convoy.jobs.control.CampaignControl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Prepares what installs something. A vehicle whose turn has come in two campaigns gets the
 * manifest of the one that goes first; once all is written, the second gets its own, which carries
 * the first. One serves all steps of a job, which knows by it who is left; not final, since its
 * bean is a proxy of the job's. After a cut-off the preparation finds it out again.
 */
class LaterTurns {
  private final ConvoySettings settings;
  private final MatchRules rules;

  /** The campaigns of which vehicles are left, in the order in which campaigns go first. */
  private final Set<String> left = new LinkedHashSet<>();

  LaterTurns(ConvoySettings settings, MatchRules rules) {
    this.settings = settings;
    this.rules = rules;
  }

  /**
   * Prepares the manifests of one campaign.
   *
   * @param releases the re-releases that the image repository lists
   * @param written the campaigns that the job writes: others may have something prepared that no
   *     job can write
   * @return what is to be said of it
   */
  String prepare(
      FleetStore store,
      String campaign,
      Collection<String> releases,
      Collection<String> written,
      Instant now) {
    return line(campaign, "", prepared(store, campaign, releases, written, now));
  }

  private Issuing.Prepared prepared(
      FleetStore store,
      String campaign,
      Collection<String> releases,
      Collection<String> unwritten,
      Instant now) {
    Issuing.Prepared prepared =
        Issuing.prepare(
            store,
            campaign,
            rules,
            releases,
            unwritten,
            settings.schedule().zone(),
            CampaignControl.packing(settings),
            now);
    if (prepared.later() > 0) {
      left.add(campaign);
    }
    return prepared;
  }

  private static String line(String campaign, String more, Issuing.Prepared prepared) {
    return "%s: %,d %smanifests to issue%s"
        .formatted(
            campaign,
            prepared.manifests(),
            more,
            prepared.later() == 0
                ? ""
                : ", %,d vehicles get another campaign's first".formatted(prepared.later()));
  }

  /** Whether vehicles are left. */
  boolean areLeft() {
    return !left.isEmpty();
  }

  /**
   * Prepares manifests for those that are left, when all that was prepared before is written.
   *
   * @param running the campaigns that may issue by now
   * @return what is to be said of it; nothing when no manifest was prepared
   */
  List<String> prepareLeft(
      FleetStore store, Collection<String> running, Collection<String> releases, Instant now) {
    List<String> campaigns = left.stream().filter(running::contains).toList();
    left.clear();
    // What people asked for meanwhile may have changed who waits for whom.
    Waves.settleCompetition(store, now);
    List<String> lines = new ArrayList<>();
    int manifests = 0;
    for (String campaign : campaigns) {
      Issuing.Prepared prepared = prepared(store, campaign, releases, List.of(), now);
      manifests += prepared.manifests();
      lines.add(line(campaign, "more ", prepared));
    }
    if (manifests == 0) {
      // What goes first is not written by this job.
      left.clear();
      return List.of();
    }
    return lines;
  }
}
