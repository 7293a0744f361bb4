package convoy.jobs.reconcilestatus;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.QuarantinedInputs;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.status.GatewaySignature;
import convoy.data.trust.PublicKey;
import convoy.jobs.input.InputParameters;
import convoy.jobs.platform.OpenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * Refuses a file before it is read when the signature beside it is not that of a known gateway, or
 * when there is none and the settings ask for one. Rows that Convoy itself sends again need none:
 * the store knows their file by its content.
 */
final class SignatureCheck implements StepExecutionListener {
  private final Home home;
  private final ConvoySettings.Status settings;
  private final OpenStore store;

  SignatureCheck(Home home, ConvoySettings.Status settings, OpenStore store) {
    this.home = home;
    this.settings = settings;
    this.store = store;
  }

  @Override
  public void beforeStep(StepExecution step) {
    check(InputParameters.of(step.getJobParameters()));
  }

  private void check(InputParameters input) {
    if (GatewaySignature.isSignature(input.name())) {
      String file = GatewaySignature.signedFile(input.name());
      throw refused(
          "%s: found no file %s beside it, expected the one that it signs"
              .formatted(input.name(), file),
          null);
    }
    try {
      byte[] signature = signature(input);
      if (signature == null) {
        return;
      }
      // A key that cannot be read is no fault of the file: the job fails.
      Map<String, PublicKey> gateways = GatewayKeys.read(home);
      try {
        GatewaySignature.require(signature, input.name(), input.sha256(), gateways);
      } catch (ConvoyException e) {
        throw refused(String.valueOf(e.getMessage()), e);
      }
    } catch (IOException e) {
      throw refused("%s: its signature cannot be read: %s".formatted(input.name(), e), e);
    }
  }

  /** The signature's bytes; null where there is none and need not be one. */
  private byte @Nullable [] signature(InputParameters input) throws IOException {
    Path signature = GatewaySignature.beside(input.path());
    if (Files.exists(signature)) {
      return Files.readAllBytes(signature);
    }
    if (!settings.requireSignature()
        || QuarantinedInputs.isResubmission(store.get(), input.sha256())) {
      return null;
    }
    throw refused(
        "%s: found no signature %s beside it, expected that of a gateway (status.require-signature)"
            .formatted(input.name(), signature.getFileName()),
        null);
  }

  private static ConvoyException refused(String message, @Nullable Throwable cause) {
    return new ConvoyException(ErrorCode.INPUT_REFUSED, message, cause);
  }
}
