package convoy.data.status;

import convoy.data.status.GateDecision.Verdict;
import java.util.Locale;

/** Decides after each reconciliation whether a campaign goes on to its next wave. */
public final class Gate {
  private Gate() {}

  /** The same without failures that a person accepted. */
  public static GateDecision decide(GateNumbers numbers, GateThresholds thresholds) {
    return decide(numbers, thresholds, 0);
  }

  /**
   * ABORT comes before PAUSE, PAUSE before ADVANCE, ADVANCE before HOLD. The failure share is
   * failed and silent vehicles among those with an outcome; the installed share leaves out declined
   * vehicles. Failures stop the campaign only once enough vehicles have an outcome, but a wave
   * whose early failures already reach the pause threshold does not advance before that.
   *
   * @param accepted failed and silent vehicles with which a person resumed the campaign although
   *     they called for PAUSE: they call for it again only once there are more; 0 without such an
   *     override
   */
  public static GateDecision decide(GateNumbers numbers, GateThresholds thresholds, long accepted) {
    GateDecision decision = judge(numbers, thresholds, accepted);
    return accepted == 0
        ? decision
        : new GateDecision(
            decision.verdict(),
            "%s; %s failed or silent were accepted when it was resumed"
                .formatted(decision.explanation(), accepted),
            numbers);
  }

  private static GateDecision judge(GateNumbers numbers, GateThresholds thresholds, long accepted) {
    long bad = numbers.failed() + numbers.silent();
    long outcomes = numbers.outcomes();
    long needed = Math.min(thresholds.minimumReports(), numbers.wanted());
    boolean judged = outcomes >= needed;
    boolean reachesPause = bad > accepted && reaches(bad, outcomes, thresholds.pauseOnFailure());
    if (judged && bad > 0 && reaches(bad, outcomes, thresholds.abortOnFailure())) {
      return failure(Verdict.ABORT, numbers, thresholds, thresholds.abortOnFailure());
    }
    if (judged && reachesPause) {
      return failure(Verdict.PAUSE, numbers, thresholds, thresholds.pauseOnFailure());
    }
    if (numbers.wanted() == 0 && numbers.cancelled() > 0) {
      // Nothing is known of the update by such a wave, and its withdrawal had a cause.
      return new GateDecision(
          Verdict.HOLD,
          "HOLD: %s vehicles of the wave were withdrawn, and none is left to judge it by"
              .formatted(numbers.cancelled()),
          numbers);
    }
    if (numbers.wanted() == 0) {
      return advanceEmpty(numbers);
    }
    if (reaches(numbers.installed(), numbers.wanted(), thresholds.success())) {
      return reachesPause
          ? unjudged(numbers, needed, thresholds.pauseOnFailure())
          : success(Verdict.ADVANCE, numbers, thresholds);
    }
    return success(Verdict.HOLD, numbers, thresholds);
  }

  private static boolean reaches(long part, long whole, int basisPoints) {
    return part * GateThresholds.WHOLE >= whole * basisPoints;
  }

  private static GateDecision success(Verdict verdict, GateNumbers n, GateThresholds thresholds) {
    return decision(
        verdict,
        n,
        "%s of %s vehicles %s (%s), needed %s; %s failed, %s silent"
            .formatted(
                n.installed(),
                n.wanted(),
                thresholds.goal().word(),
                share(n.installed(), n.wanted()),
                percent(thresholds.success()),
                n.failed(),
                n.silent()));
  }

  private static GateDecision failure(
      Verdict verdict, GateNumbers n, GateThresholds thresholds, int threshold) {
    long bad = n.failed() + n.silent();
    return decision(
        verdict,
        n,
        "%s of %s vehicles with an outcome failed or went silent (%s), the limit is %s; %s failed, %s silent, %s %s"
            .formatted(
                bad,
                n.outcomes(),
                share(bad, n.outcomes()),
                percent(threshold),
                n.failed(),
                n.silent(),
                n.installed(),
                thresholds.goal().word()));
  }

  private static GateDecision unjudged(GateNumbers n, long needed, int threshold) {
    long bad = n.failed() + n.silent();
    return decision(
        Verdict.HOLD,
        n,
        "%s of %s vehicles with an outcome failed or went silent (%s), the limit of %s is judged from %s outcomes"
            .formatted(bad, n.outcomes(), share(bad, n.outcomes()), percent(threshold), needed));
  }

  private static GateDecision advanceEmpty(GateNumbers n) {
    return n.total() == 0
        ? new GateDecision(Verdict.ADVANCE, "ADVANCE: the wave has no vehicles", n)
        : new GateDecision(
            Verdict.ADVANCE,
            "ADVANCE: all %s vehicles of the wave declined".formatted(n.total()),
            n);
  }

  private static GateDecision decision(Verdict verdict, GateNumbers n, String reason) {
    String declined = n.declined() == 0 ? "" : ", %s declined".formatted(n.declined());
    return new GateDecision(verdict, verdict + ": " + reason + declined, n);
  }

  /** Rounded down, so that a share just below a threshold does not read as if it had reached it. */
  private static String share(long part, long whole) {
    long permille = part * 1000 / whole;
    return permille / 10 + "." + permille % 10 + " %";
  }

  private static String percent(int basisPoints) {
    return basisPoints % 10 == 0
        ? "%s.%s %%".formatted(basisPoints / 100, basisPoints % 100 / 10)
        : String.format(Locale.ROOT, "%d.%02d %%", basisPoints / 100, basisPoints % 100);
  }
}
