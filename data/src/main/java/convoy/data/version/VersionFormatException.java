package convoy.data.version;

/** A text that is not a version, or not a range, under the scheme it was read with. */
public final class VersionFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  public VersionFormatException(String message) {
    super(message);
  }

  static VersionFormatException of(String found, String expected) {
    return new VersionFormatException("'%s': expected %s".formatted(found, expected));
  }
}
