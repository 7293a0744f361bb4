package convoy.jobs.control;

import convoy.data.campaign.ControlRequest;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Reconciliation;
import convoy.data.duckdb.Reconciliation.WaveNumbers;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.status.CampaignState;
import convoy.data.status.GateDecision;
import convoy.data.status.GateDecision.Verdict;
import convoy.data.status.GateThresholds;
import convoy.data.status.WaveState;
import java.time.Instant;
import java.util.Set;

/** A wave goes on because a person says so, although its gate holds. */
final class WaveAdvance {
  private WaveAdvance() {}

  /**
   * Lets the wave go on.
   *
   * @return what was done, as a sentence
   * @throws ConvoyException USAGE when the campaign is not RUNNING or the wave not RELEASED, or the
   *     gate would stop the campaign
   */
  static String carryOut(
      FleetStore store,
      ControlRequest request,
      Campaigns.Campaign campaign,
      int number,
      Instant now) {
    WaveNumbers wave =
        Reconciliation.waves(store, CampaignState.RUNNING, Set.of(WaveState.RELEASED)).stream()
            .filter(w -> w.campaign().equals(campaign.id()) && w.wave() == number)
            .findFirst()
            .orElseThrow(
                () ->
                    new ConvoyException(
                        ErrorCode.USAGE,
                        "campaign %s is %s and its wave %d is not RELEASED, or there is none: expected a RELEASED wave of a RUNNING campaign; see ./convoy campaign status %s"
                            .formatted(campaign.id(), campaign.state(), number, campaign.id())));
    GateThresholds thresholds = GateThresholds.of(wave.definition());
    GateDecision decision =
        Reconciliation.decision(
                store,
                wave,
                thresholds,
                Reconciliation.stoppingErrors(store, campaign.id(), thresholds.rule()),
                now)
            .orElseThrow();
    if (decision.verdict() == Verdict.PAUSE || decision.verdict() == Verdict.ABORT) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "campaign %s wave %d cannot be advanced: its gate would stop it: %s"
              .formatted(campaign.id(), number, decision.explanation()));
    }
    return Reconciliation.advance(store, request, wave, decision, now);
  }
}
