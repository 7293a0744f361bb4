package convoy.writers.delivery;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What an object store, or the way to it, did not do, for a person. */
final class S3Failure {
  private static final int MOVED = 301;
  private static final int NOT_IMPLEMENTED = 501;

  private S3Failure() {}

  static ConvoyException explained(String uri, SdkException failure) {
    return new ConvoyException(
        ErrorCode.JOB_FAILED, "%s: %s".formatted(uri, reason(failure)), failure);
  }

  private static String reason(SdkException failure) {
    if (!(failure instanceof AwsServiceException refused)) {
      return "no answer from the store: " + innermost(failure);
    }
    StringBuilder reason = new StringBuilder("HTTP ").append(refused.statusCode());
    var details = refused.awsErrorDetails();
    // The answer to a HEAD has no body, and so no code.
    if (details != null && details.errorCode() != null) {
      reason.append(' ').append(details.errorCode());
      if (details.errorMessage() != null) {
        reason.append(": ").append(details.errorMessage());
      }
    }
    if (refused.statusCode() == MOVED) {
      reason.append("; expected another publish.s3.region or endpoint");
    }
    if (refused.statusCode() == NOT_IMPLEMENTED) {
      reason.append("; expected publish.s3.checksum MD5, if the store knows no SHA-256");
    }
    if (refused.requestId() != null) {
      reason.append(" (request ").append(refused.requestId()).append(')');
    }
    return reason.toString();
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
