package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A manifest that a vehicle refuses, with what it reports then. */
public final class RefusedManifest extends ConvoyException {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final @Nullable String ecuSerial;

  RefusedManifest(
      Refusal refusal, @Nullable String ecuSerial, String message, @Nullable Throwable cause) {
    super(ErrorCode.NOT_TRUSTED, message, cause);
    this.refusal = refusal;
    this.ecuSerial = ecuSerial;
  }

  /** The same of whatever a check has thrown: what says nothing else does not hold. */
  public static RefusedManifest of(ConvoyException problem) {
    return problem instanceof RefusedManifest refused
        ? refused
        : new RefusedManifest(
            Refusal.MANIFEST_REFUSED, null, String.valueOf(problem.getMessage()), problem);
  }

  public Refusal refusal() {
    return refusal;
  }

  /** The ECU that it is about; null when it is about the manifest as a whole. */
  public @Nullable String ecuSerial() {
    return ecuSerial;
  }
}
