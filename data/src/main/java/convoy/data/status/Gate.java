package convoy.data.status;

import convoy.data.campaign.GateRule;
import convoy.data.campaign.Share;
import convoy.data.campaign.SilentVehicles;
import convoy.data.campaign.StopOn;
import convoy.data.campaign.StopOn.Then;
import convoy.data.campaign.Threshold;
import convoy.data.status.GateDecision.Verdict;
import convoy.data.status.GateDecision.WorstGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides after each reconciliation whether a campaign goes on to its next wave. */
public final class Gate {
  private final GateEvidence evidence;
  private final GateThresholds thresholds;
  private final GateRule rule;
  private final Instant now;
  private final Tally wave;
  private final List<Tally> groups;
  private final boolean isLate;

  private Gate(GateEvidence evidence, GateThresholds thresholds, Instant now, boolean isLate) {
    this.evidence = evidence;
    this.isLate = isLate;
    this.thresholds = thresholds;
    this.rule = thresholds.rule();
    this.now = now;
    this.wave = new Tally(GateEvidence.WAVE, evidence.numbers(), rule);
    this.groups =
        evidence.groups().stream()
            .map(group -> new Tally(group.part(), group.numbers(), rule))
            .filter(Tally::isJudgedAlone)
            .sorted(Tally.WORST_FIRST)
            .toList();
  }

  /**
   * ABORT comes before PAUSE, PAUSE before ADVANCE, ADVANCE before HOLD. In each of the first two,
   * errors that stop by themselves come before the failures of the whole wave, and these before
   * those of a group. The failure share is failures among vehicles with an outcome; the installed
   * share leaves out declined vehicles. Shares of failures stop the campaign only once enough
   * vehicles have an outcome, but a wave whose early failures already reach the pause threshold
   * does not advance before that.
   */
  public static GateDecision decide(GateEvidence evidence, GateThresholds thresholds, Instant now) {
    return new Gate(evidence, thresholds, now, false).decide();
  }

  /**
   * What the gate of a wave that has succeeded still says: ABORT or PAUSE, by the same rules and in
   * the same order; empty for anything else, since such a wave neither holds nor advances. A
   * vehicle that went silent after the success is no failure then: of the update it says nothing
   * that the success did not allow for.
   */
  public static Optional<GateDecision> decideLate(
      GateEvidence evidence, GateThresholds thresholds, Instant now) {
    GateRule late = thresholds.rule().withSilent(SilentVehicles.IGNORED);
    Gate gate = new Gate(evidence, new GateThresholds(late, thresholds.goal()), now, true);
    return Optional.ofNullable(gate.stop());
  }

  /** The vehicles of the wave or of a group, as the rule has silent ones counted. */
  private record Tally(String part, GateNumbers n, GateRule rule) {
    /** By the share of failures, then by their number, then by name. */
    static final Comparator<Tally> WORST_FIRST =
        ((Comparator<Tally>) Tally::compareShares)
            .thenComparing(Comparator.comparingLong(Tally::bad).reversed())
            .thenComparing(Tally::part);

    private static int compareShares(Tally a, Tally b) {
      return Long.compare(b.bad() * a.outcomes(), a.bad() * b.outcomes());
    }

    private boolean fails() {
      return rule.silent() == SilentVehicles.FAILED;
    }

    long bad() {
      return rule.failures(n.failed(), n.silent());
    }

    long outcomes() {
      return n.installed() + bad();
    }

    /** Vehicles that the success threshold is about. */
    long counted() {
      return n.wanted() - (rule.silent() == SilentVehicles.IGNORED ? n.silent() : 0);
    }

    /** Outcomes from which shares of failures are judged. */
    long needed() {
      return Math.min(rule.minimumReports(), n.wanted() - (fails() ? 0 : n.silent()));
    }

    /** A group says something by itself only with as many outcomes as a wave needs. */
    boolean isJudgedAlone() {
      return outcomes() >= rule.minimumReports();
    }

    boolean isJudged(Threshold threshold) {
      return threshold instanceof Threshold.Vehicles || outcomes() >= needed();
    }

    boolean reaches(Threshold threshold) {
      return bad() > 0 && threshold.isReached(bad(), outcomes());
    }

    boolean isStopped(Threshold threshold) {
      return isJudged(threshold) && reaches(threshold);
    }

    /** In a wave with fewer vehicles than a number that is asked for, all of them. */
    boolean isSuccess() {
      return rule.success() instanceof Threshold.Vehicles vehicles
          ? n.installed() >= Math.min(vehicles.count(), counted())
          : rule.success().isReached(n.installed(), counted());
    }
  }

  private GateDecision decide() {
    GateDecision stopped = stop();
    return stopped == null ? goOn() : stopped;
  }

  /** What stops the campaign; null when nothing does. */
  private @Nullable GateDecision stop() {
    for (StopOn stop : rule.stopOn()) {
      if (stop.then() == Then.ABORT && vehicles(stop) >= stop.vehicles()) {
        return decision(Verdict.ABORT, errors(stop), Map.of());
      }
    }
    Optional<Tally> aborting = stopped(rule.abortOnFailure()).findFirst();
    if (aborting.isPresent()) {
      return decision(Verdict.ABORT, failures(aborting.get(), rule.abortOnFailure()), Map.of());
    }
    return pause();
  }

  private @Nullable GateDecision pause() {
    String reason = null;
    Map<String, Long> pauses = new LinkedHashMap<>();
    for (StopOn stop : rule.stopOn()) {
      String part = GateEvidence.codePart(stop.code());
      long vehicles = vehicles(stop);
      if (stop.then() == Then.PAUSE
          && vehicles >= stop.vehicles()
          && vehicles > evidence.acceptedIn(part)) {
        reason = reason == null ? errors(stop) : reason;
        pauses.put(part, vehicles);
      }
    }
    for (Tally tally : stopped(rule.pauseOnFailure()).filter(this::isMoreThanAccepted).toList()) {
      reason = reason == null ? failures(tally, rule.pauseOnFailure()) : reason;
      pauses.put(tally.part(), tally.bad());
    }
    return reason == null ? null : decision(Verdict.PAUSE, reason, pauses);
  }

  /** The wave, then its groups, the worst first: those that the threshold stops. */
  private Stream<Tally> stopped(Threshold threshold) {
    return Stream.concat(Stream.of(wave), groups.stream())
        .filter(tally -> tally.isStopped(threshold));
  }

  private boolean isMoreThanAccepted(Tally tally) {
    return tally.bad() > evidence.acceptedIn(tally.part());
  }

  private GateDecision goOn() {
    GateNumbers n = wave.n();
    if (n.wanted() == 0 && n.cancelled() > 0) {
      // Nothing is known of the update by such a wave, and its withdrawal had a cause.
      return hold(
          "%s vehicles of the wave were withdrawn, and none is left to judge it by"
              .formatted(n.cancelled()));
    }
    if (n.wanted() == 0) {
      return decision(
          Verdict.ADVANCE,
          n.total() == 0
              ? "the wave has no vehicles"
              : "all %s vehicles of the wave declined".formatted(n.total()),
          Map.of());
    }
    if (wave.counted() == 0) {
      return hold(
          "all %s vehicles of the wave that did not decline are silent and ignored, and none is left to judge it by"
              .formatted(n.wanted()));
    }
    if (!wave.isSuccess()) {
      return hold(success());
    }
    if (wave.reaches(rule.pauseOnFailure()) && isMoreThanAccepted(wave)) {
      return hold(unjudged());
    }
    long reports = Math.min(rule.minimumReports(), n.wanted());
    if (rule.silent() == SilentVehicles.IGNORED && wave.outcomes() < reports) {
      return hold("%s, but only %s of %s outcomes".formatted(success(), wave.outcomes(), reports));
    }
    return soak();
  }

  private GateDecision soak() {
    Instant since = evidence.successSince() == null ? now : evidence.successSince();
    Duration soak = rule.soak();
    Instant until = soak == null ? since : since.plus(soak);
    return until.isAfter(now)
        ? decision(
            Verdict.HOLD,
            "%s; it has to last until %s"
                .formatted(success(), until.truncatedTo(ChronoUnit.SECONDS)),
            Map.of(),
            since)
        : decision(Verdict.ADVANCE, success(), Map.of(), since);
  }

  private long vehicles(StopOn stop) {
    return evidence.codes().getOrDefault(stop.code(), 0L);
  }

  private String errors(StopOn stop) {
    long vehicles = vehicles(stop);
    return "%s of the campaign's vehicles had %s, the limit is %s"
        .formatted(vehicles, stop.code(), stop.vehicles());
  }

  private String success() {
    GateNumbers n = wave.n();
    return "%s of %s vehicles %s (%s), needed %s; %s failed, %s silent"
        .formatted(
            n.installed(),
            wave.counted(),
            thresholds.goal().word(),
            share(n.installed(), wave.counted()),
            text(rule.success()),
            n.failed(),
            n.silent());
  }

  private String failures(Tally tally, Threshold threshold) {
    GateNumbers n = tally.n();
    String ofGroup = tally.part().equals(GateEvidence.WAVE) ? "" : tally.part() + ": ";
    String ofWave =
        ofGroup.isEmpty()
            ? ""
            : "; of the whole wave %s of %s (%s)"
                .formatted(wave.bad(), wave.outcomes(), share(wave.bad(), wave.outcomes()));
    return "%s%s, the limit is %s; %s failed, %s silent, %s %s%s"
        .formatted(
            ofGroup,
            bad(tally, threshold),
            text(threshold),
            n.failed(),
            n.silent(),
            n.installed(),
            thresholds.goal().word(),
            ofWave);
  }

  private String unjudged() {
    return "%s, the limit of %s is judged from %s outcomes"
        .formatted(bad(wave, rule.pauseOnFailure()), text(rule.pauseOnFailure()), wave.needed());
  }

  private String bad(Tally tally, Threshold threshold) {
    String sure =
        threshold instanceof Threshold.Bound bound
            ? ", with %s confidence %s or more"
                .formatted(
                    percent(bound.confidence()),
                    percent(bound.lowerEnd(tally.bad(), tally.outcomes())))
            : "";
    return "%s of %s vehicles with an outcome %s (%s%s)"
        .formatted(
            tally.bad(),
            tally.outcomes(),
            tally.fails() ? "failed or went silent" : "failed",
            share(tally.bad(), tally.outcomes()),
            sure);
  }

  private GateDecision hold(String reason) {
    return decision(Verdict.HOLD, reason, Map.of());
  }

  private GateDecision decision(Verdict verdict, String reason, Map<String, Long> pauses) {
    return decision(verdict, reason, pauses, null);
  }

  private GateDecision decision(
      Verdict verdict, String reason, Map<String, Long> pauses, @Nullable Instant successSince) {
    GateNumbers n = wave.n();
    Optional<Tally> worst = groups.stream().findFirst();
    StringBuilder line = new StringBuilder(verdict + ": " + reason);
    if (n.declined() > 0 && n.wanted() > 0) {
      line.append(", %s declined".formatted(n.declined()));
    }
    if (n.silent() > 0 && !wave.fails()) {
      line.append(
          rule.silent() == SilentVehicles.IGNORED
              ? "; silent vehicles are ignored"
              : "; silent vehicles are waited for");
    }
    worst
        .filter(tally -> tally.bad() > 0 && !reason.startsWith(tally.part() + ": "))
        .ifPresent(
            tally ->
                line.append(
                    "; worst of the groups: %s, %s of %s (%s)"
                        .formatted(
                            tally.part(),
                            tally.bad(),
                            tally.outcomes(),
                            share(tally.bad(), tally.outcomes()))));
    accepted(line);
    if (isLate) {
      line.append("; the wave had succeeded before");
    }
    return new GateDecision(
        verdict,
        line.toString(),
        n,
        pauses,
        worst.map(t -> new WorstGroup(t.part(), t.bad(), t.outcomes())).orElse(null),
        successSince);
  }

  private void accepted(StringBuilder line) {
    long ofWave = evidence.acceptedIn(GateEvidence.WAVE);
    if (ofWave > 0) {
      line.append("; %s failed or silent were accepted when it was resumed".formatted(ofWave));
    }
    new TreeMap<>(evidence.accepted())
        .forEach(
            (part, failures) -> {
              if (!part.equals(GateEvidence.WAVE)) {
                line.append(
                    "; %s of %s were accepted when it was resumed".formatted(failures, part));
              }
            });
  }

  /** Rounded down, so that a share just below a threshold does not read as if it had reached it. */
  private static String share(long part, long whole) {
    long permille = part * 1000 / whole;
    return permille / 10 + "." + permille % 10 + " %";
  }

  private static String text(Threshold threshold) {
    if (threshold instanceof Threshold.Part part) {
      return percent(part.share());
    }
    return threshold instanceof Threshold.Bound bound
        ? percent(bound.share())
        : threshold.toString();
  }

  private static String percent(Share share) {
    int basisPoints = share.basisPoints();
    return basisPoints % 10 == 0
        ? "%s.%s %%".formatted(basisPoints / 100, basisPoints % 100 / 10)
        : String.format(Locale.ROOT, "%d.%02d %%", basisPoints / 100, basisPoints % 100);
  }
}
