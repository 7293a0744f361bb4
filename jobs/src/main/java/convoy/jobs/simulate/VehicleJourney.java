package convoy.jobs.simulate;

import convoy.data.campaign.OwnerConsent.Decline;
import convoy.data.campaign.OwnerConsent.Mode;
import convoy.data.status.ReportedState;
import convoy.data.status.StatusEvent;
import convoy.jobs.simulate.SimulatedAttempt.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The events of one attempt as they happen in the vehicle, module after module. Where the manifest
 * asks for a download alone, a module that is installed here is only downloaded.
 */
final class VehicleJourney {
  private static final int FIVE_MINUTES = 300;
  private static final int SIXTEEN_HOURS = 57_600;

  private final SimulatedAttempt attempt;
  private final SplittableRandom random;
  private final List<StatusEvent> events = new ArrayList<>();
  private Instant now;

  /** Part of the ids of events. */
  private String series = "";

  VehicleJourney(SimulatedAttempt attempt, SplittableRandom random) {
    this.attempt = attempt;
    this.random = random;
    this.now = attempt.issuedAt();
    // Most vehicles ask for a manifest when they are next started.
    pass(FIVE_MINUTES, SIXTEEN_HOURS);
  }

  /** Where the vehicle is; at first, when it reads its manifest. */
  Instant now() {
    return now;
  }

  List<StatusEvent> events() {
    return events;
  }

  /**
   * @param wrong the module that says INSTALLED but still runs its old version, if any
   */
  void installAll(@Nullable Target wrong) {
    for (Target target : attempt.targets()) {
      install(target, target.equals(wrong) ? target.oldVersion() : target.expectedVersion());
    }
  }

  void installBefore(Target last) {
    for (Target target : attempt.targets()) {
      if (target.equals(last)) {
        return;
      }
      install(target, target.expectedVersion());
    }
  }

  /**
   * Refuses what it was given, and says why. It names no version: what the ECU runs by now is no
   * matter of this manifest.
   */
  void refuse(Target target, Failure failure, String reason) {
    // The same attempt may come under several versions, and this one need not be the one taken.
    series = "/refused-" + attempt.manifestVersion();
    progress(target, failure.lastProgress(), null);
    pass(10, 900);
    add(target, ReportedState.FAILED, null, failure.code(), reason);
  }

  /** Downloads all, and waits for what never comes until the manifest runs out. */
  void waitInVain(Failure failure, Instant until) {
    for (Target target : attempt.targets()) {
      progress(target, failure.lastProgress());
    }
    now = now.isBefore(until) ? until : now;
    for (Target target : attempt.targets()) {
      add(target, ReportedState.FAILED, target.oldVersion(), failure.code());
    }
  }

  /** Returns whether it failed: what is only downloaded cannot fail while it is installed. */
  boolean fail(Target target, Failure failure) {
    if (isDownload() && failure.lastProgress() == ReportedState.INSTALLING) {
      List<Target> targets = attempt.targets();
      targets
          .subList(targets.indexOf(target), targets.size())
          .forEach(left -> install(left, left.expectedVersion()));
      return false;
    }
    progress(target, failure.lastProgress());
    pass(10, 900);
    add(
        target,
        ReportedState.FAILED,
        failure.isMute() ? null : target.oldVersion(),
        failure.code());
    return true;
  }

  /** Gets half-way with a module and is never heard again. */
  void breakOff(Target target) {
    installBefore(target);
    progress(target, ReportedState.DOWNLOADING);
  }

  /** The owner says no, where the manifest lets the vehicle ask. */
  void decline() {
    if (attempt.consent().declinedAt(now) == Decline.CONTRADICTS) {
      installAll(null);
      return;
    }
    for (Target target : attempt.targets()) {
      add(target, ReportedState.RECEIVED, target.oldVersion(), null);
    }
    pass(30, 3_600);
    for (Target target : attempt.targets()) {
      if (attempt.consent().declinedAt(now) == Decline.CONTRADICTS) {
        // Meanwhile the time was over up to which the owner is asked.
        break;
      }
      add(target, ReportedState.DECLINED, target.oldVersion(), null);
    }
    Instant from = attempt.consent().from();
    if (from != null) {
      now = now.isBefore(from) ? from : now;
      installAll(null);
    }
  }

  /** The vehicle says that the owner declined, whether its manifest lets it ask or not. */
  void declineUnasked() {
    for (Target target : attempt.targets()) {
      add(target, ReportedState.DECLINED, target.oldVersion(), null);
    }
  }

  /**
   * Some hours after the installation, where there was one, the module runs its old version again.
   */
  boolean fallBack(Target target) {
    if (isDownload()) {
      return false;
    }
    pass(3_600, 21_600);
    add(target, ReportedState.INSTALLED, target.oldVersion(), null);
    return true;
  }

  private void install(Target target, @Nullable String version) {
    if (isDownload()) {
      progress(target, ReportedState.DOWNLOADED);
      return;
    }
    progress(target, ReportedState.INSTALLING);
    pass(60, 1_800);
    add(target, ReportedState.INSTALLED, version, null);
  }

  private boolean isDownload() {
    return attempt.consent().mode() == Mode.DOWNLOAD_ONLY;
  }

  private void progress(Target target, ReportedState last) {
    progress(target, last, target.oldVersion());
  }

  private void progress(Target target, ReportedState last, @Nullable String version) {
    for (ReportedState state : ReportedState.values()) {
      pass(5, 300);
      add(target, state, version, null);
      if (state == last) {
        return;
      }
    }
  }

  private void pass(int leastSeconds, int mostSeconds) {
    now = now.plusSeconds(random.nextInt(leastSeconds, mostSeconds + 1));
  }

  private void add(
      Target target, ReportedState state, @Nullable String version, @Nullable String errorCode) {
    add(target, state, version, errorCode, null);
  }

  private void add(
      Target target,
      ReportedState state,
      @Nullable String version,
      @Nullable String errorCode,
      @Nullable String text) {
    String id =
        "%s/%s/%s%s/%s"
            .formatted(
                attempt.campaign(), attempt.vin(), attempt.attempt(), series, events.size() + 1);
    events.add(
        new StatusEvent(
            id,
            now,
            attempt.vin(),
            target.module(),
            attempt.campaign(),
            attempt.manifestVersion(),
            attempt.attempt(),
            state,
            version,
            errorCode,
            text));
  }
}
