package convoy.data.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a person can act on: the message says what was found, what was expected, and
 * where.
 */
public class ConvoyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public ConvoyException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public ConvoyException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
