package convoy.data.eligibility;

import convoy.data.eligibility.Reason.Effect;
import convoy.data.eligibility.Standing.Assigned;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happens next to a vehicle in a campaign, as a sentence for people. */
public final class NextStep {
  private NextStep() {}

  /**
   * @param assessment what the campaign decides on the vehicle; null when it is over
   */
  public static String of(Standing standing, @Nullable Assessment assessment) {
    Assigned assigned = standing.assignment();
    if (assigned != null && (assigned.state().isOpen() || assigned.state().isTerminal())) {
      return begun(assigned, standing, assessment);
    }
    if (assessment == null) {
      return "nothing: the campaign is " + standing.state();
    }
    if (standing.hasEnded()) {
      return "nothing: the campaign has ended";
    }
    if (standing.state().equals("PAUSED")) {
      return "nothing while the campaign is PAUSED: " + standing.stateReason();
    }
    if (assessment.verdict() == Verdict.INELIGIBLE) {
      return assessment.findings().stream().allMatch(f -> f.reason() == Reason.ALREADY_CURRENT)
          ? "nothing: it has the update"
          : "nothing, as long as the update does not fit";
    }
    if (assessment.verdict() == Verdict.UNKNOWN) {
      return "nothing until "
          + assessment.findings().stream()
              .filter(f -> f.reason().effect() == Effect.LEAVES_OPEN)
              .map(
                  f ->
                      f.reason() == Reason.STALE_DATA
                          ? "it is heard of again"
                          : "the version of its %s can be read".formatted(f.module()))
              .distinct()
              .collect(Collectors.joining(" and "));
    }
    return assigned == null ? unplanned(standing) : planned(assigned, assessment);
  }

  private static String unplanned(Standing standing) {
    String andStarted = standing.waitsForStart() ? ", and a person has started it" : "";
    return switch (standing.state()) {
      case "DRAFT" ->
          "it is planned into a wave once the campaign is submitted and approved" + andStarted;
      case "SUBMITTED" -> "it is planned into a wave once the campaign is approved" + andStarted;
      case "APPROVED" ->
          standing.waitsForStart()
              ? "it is planned into a wave once a person starts the campaign: ./convoy campaign start %s --by NAME"
                  .formatted(standing.campaign())
              : "the next run plans it into a wave";
      default -> "the next run plans it into the last wave, if that is not closed";
    };
  }

  private static String planned(Assigned assigned, Assessment assessment) {
    if (assigned.waitingFor() != null) {
      return "it waits for campaign " + rival(assigned);
    }
    List<Finding> holds =
        assessment.findings().stream().filter(f -> f.reason().effect() == Effect.HOLDS).toList();
    if (!holds.isEmpty()) {
      return holds.stream()
          .map(f -> "it waits: %s, %s; needed: %s".formatted(f.reason(), f.found(), f.expected()))
          .collect(Collectors.joining("; "));
    }
    return assigned.waveReleased()
        ? "the next run issues its manifest"
        : "it waits for wave %d (%s), which goes out when the gate of the wave before says ADVANCE"
            .formatted(assigned.wave(), assigned.waveName());
  }

  private static String rival(Assigned assigned) {
    return "%s, over %s"
        .formatted(
            assigned.waitingFor(),
            assigned.waitingOver() == null ? "one ECU of both" : assigned.waitingOver());
  }

  private static String begun(
      Assigned assigned, Standing standing, @Nullable Assessment assessment) {
    return switch (assigned.state()) {
      case ISSUED, IN_PROGRESS ->
          "its report is awaited; without one it counts as silent from %s"
              .formatted(assigned.deadlineAt());
      case SILENT -> "its report is awaited, which still counts; its manifest stays valid";
      case RETRY_DUE -> retry(assigned, standing, assessment);
      case INSTALLED ->
          "nothing: the update is installed%s".formatted(cause(null, assigned.reason()));
      case DOWNLOADED -> "nothing: the update is downloaded, and the campaign installs nothing";
      case FAILED ->
          "nothing: it failed for good%s".formatted(cause(assigned.errorCode(), assigned.reason()));
      case ROLLBACK_DUE -> rollback(assigned, standing);
      case ROLLBACK_ISSUED ->
          assigned.refusal() == null
              ? "the outcome of its rollback is awaited%s"
                  .formatted(cause(assigned.errorCode(), assigned.reason()))
              : "its rollback is not given anew: %s; a report on it still counts, until it runs out"
                  .formatted(assigned.refusal());
      case ROLLED_BACK ->
          "nothing: it has gone back to the versions from before%s"
              .formatted(cause(assigned.errorCode(), assigned.reason()));
      case SERVICE_REQUIRED ->
          "a workshop looks at it%s".formatted(cause(assigned.errorCode(), assigned.reason()));
      case DECLINED -> "nothing: the owner declined";
      case EXPIRED -> "nothing: its manifest ran out without an outcome";
      default -> "nothing: %s%s".formatted(assigned.state(), cause(null, assigned.reason()));
    };
  }

  private static String rollback(Assigned assigned, Standing standing) {
    if (assigned.refusal() != null) {
      return "nothing takes it back: %s; a person can ask for it anew: ./convoy campaign rollback %s --vin VIN --reason TEXT --by NAME"
          .formatted(assigned.refusal(), standing.campaign());
    }
    return "the %s issues the manifest that takes it back%s%s"
        .formatted(
            assigned.dueAt() == null
                ? "next run"
                : "first run from %s on".formatted(assigned.dueAt()),
            standing.state().equals("PAUSED")
                ? ", if a person asked for it: the campaign is PAUSED"
                : "",
            cause(assigned.errorCode(), assigned.reason()));
  }

  private static String retry(
      Assigned assigned, Standing standing, @Nullable Assessment assessment) {
    if (assigned.waitingFor() != null) {
      return "it waits for campaign %s, and is then tried again".formatted(rival(assigned));
    }
    if (!standing.state().equals("RUNNING")) {
      return "nothing while the campaign is %s: %s"
          .formatted(standing.state(), standing.stateReason());
    }
    return assessment != null && assessment.verdict() == Verdict.ELIGIBLE
        ? "the first run from %s on issues attempt %d"
            .formatted(assigned.dueAt(), assigned.attempt() + 1)
        : "no further attempt, as long as the update does not fit";
  }

  private static String cause(@Nullable String errorCode, @Nullable String reason) {
    String all =
        Stream.of(errorCode, reason)
            .filter(Objects::nonNull)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "" : ", " + all;
  }
}
