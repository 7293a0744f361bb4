package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** A password that stands in a file for its owner alone: one line in UTF-8. */
public final class PasswordFile {
  private PasswordFile() {}

  /**
   * Reads the password; the caller overwrites it after use.
   *
   * @throws ConvoyException NOT_TRUSTED when the file is missing, others have access to it, or it
   *     does not hold one line that is not empty
   */
  public static char[] read(Path file) throws IOException {
    byte[] bytes = KeyFiles.readOwnersAlone(file, "a password");
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    char[] password = new char[end];
    text.get(password);
    Arrays.fill(bytes, (byte) 0);
    if (text.hasArray()) {
      Arrays.fill(text.array(), '\0');
    }
    for (char c : password) {
      if (c == '\n' || c == '\r') {
        throw refused(file, "more than one line");
      }
    }
    if (end == 0) {
      throw refused(file, "nothing");
    }
    return password;
  }

  private static ConvoyException refused(Path file, String found) {
    return new ConvoyException(
        ErrorCode.NOT_TRUSTED, file + ": found " + found + ", expected one line with a password");
  }
}
