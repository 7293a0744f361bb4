package convoy.readers.sheet;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Refusals of a whole file: "where: what was found: expected what". */
public final class Refusal {
  private Refusal() {}

  public static ConvoyException of(String where, String found, String expected) {
    return of(where, found, expected, null);
  }

  public static ConvoyException of(
      String where, String found, String expected, @Nullable Throwable cause) {
    String message = "%s: %s: expected %s".formatted(where, found, expected);
    return new ConvoyException(ErrorCode.INPUT_REFUSED, message, cause);
  }

  /** How messages name a file: without its folder. */
  public static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }
}
