package convoy.config;

/** A YAML file that is refused: the message says where, what was found and what was expected. */
public final class YamlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  YamlException(String message, Throwable cause) {
    super(message, cause);
  }

  YamlException(String message) {
    super(message);
  }

  YamlException(Position at, String message) {
    super(at + ": " + message);
  }

  YamlException(Position at, String message, Throwable cause) {
    super(at + ": " + message, cause);
  }
}
