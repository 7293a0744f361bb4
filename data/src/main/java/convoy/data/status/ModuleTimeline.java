package convoy.data.status;

import convoy.data.campaign.OwnerConsent;
import convoy.data.campaign.OwnerConsent.Mode;
import org.jspecify.annotations.Nullable;

/**
 * The events of one module, added in the order in which they happened. A believed success outranks
 * a failure, a failure outranks the owner's no, and that outranks progress; only a later report of
 * another version takes a success back. Where nothing is installed, the image's arrival is the
 * outcome, until a later failure.
 */
final class ModuleTimeline {
  private final String expectedVersion;
  private final int currentAttempt;
  private final OwnerConsent consent;
  private @Nullable StatusEvent success;
  // A success that was seen again in a later attempt is only taken back by that attempt.
  private int successAttempt;
  private @Nullable StatusEvent failure;
  private String failureCode = FailureCode.UNSPECIFIED;
  private @Nullable StatusEvent declined;
  private @Nullable StatusEvent downloaded;
  private @Nullable StatusEvent progress;

  ModuleTimeline(String expectedVersion, int currentAttempt, OwnerConsent consent) {
    this.expectedVersion = expectedVersion;
    this.currentAttempt = currentAttempt;
    this.consent = consent;
  }

  void add(StatusEvent event) {
    switch (event.state()) {
      case INSTALLED -> {
        if (expectedVersion.equals(event.reportedVersion())) {
          succeed(event);
        } else if (event.reportedVersion() != null) {
          fail(event, FailureCode.VERSION_MISMATCH);
        } else {
          proceed(event);
        }
      }
      case FAILED ->
          fail(event, event.errorCode() == null ? FailureCode.UNSPECIFIED : event.errorCode());
      case DECLINED -> decline(event);
      case DOWNLOADED -> {
        proceed(event);
        download(event);
      }
      case RECEIVED, DOWNLOADING, INSTALLING -> proceed(event);
    }
  }

  private void decline(StatusEvent event) {
    switch (consent.declinedAt(event.at())) {
      case ENDS -> {
        if (event.attempt() == currentAttempt) {
          declined = event;
        }
      }
      case POSTPONES -> proceed(event);
      case CONTRADICTS -> {
        if (success == null) {
          fail(event, FailureCode.DECLINED_UNASKED);
        }
      }
    }
  }

  private void download(StatusEvent event) {
    if (consent.mode() == Mode.DOWNLOAD_ONLY && event.attempt() == currentAttempt) {
      downloaded = event;
      failure = null;
    }
  }

  private void succeed(StatusEvent event) {
    if (success == null) {
      success = event;
      successAttempt = event.attempt();
    }
    successAttempt = Math.max(successAttempt, event.attempt());
    failure = null;
  }

  private void fail(StatusEvent event, String code) {
    boolean fellBack = false;
    if (success != null) {
      String version = event.reportedVersion();
      fellBack =
          version != null && !version.equals(expectedVersion) && event.attempt() >= successAttempt;
      if (!fellBack) {
        return;
      }
      success = null;
    }
    // Of several failures the first is the cause; an earlier attempt never fails the current one.
    if (event.attempt() == currentAttempt && failure == null) {
      downloaded = null;
      failure = event;
      failureCode = fellBack ? FailureCode.FELL_BACK : code;
    }
  }

  private void proceed(StatusEvent event) {
    if (event.attempt() == currentAttempt) {
      progress = event;
    }
  }

  ModuleOutcome outcome() {
    if (success != null) {
      return outcome(ModuleState.INSTALLED, success, null);
    }
    if (failure != null) {
      return outcome(ModuleState.FAILED, failure, failureCode);
    }
    if (declined != null) {
      return outcome(ModuleState.DECLINED, declined, null);
    }
    if (downloaded != null) {
      return outcome(ModuleState.DOWNLOADED, downloaded, null);
    }
    return progress != null
        ? outcome(ModuleState.IN_PROGRESS, progress, null)
        : new ModuleOutcome(ModuleState.PENDING, null, null, null);
  }

  private static ModuleOutcome outcome(
      ModuleState state, StatusEvent event, @Nullable String errorCode) {
    return new ModuleOutcome(state, event.reportedVersion(), errorCode, event.at());
  }
}
