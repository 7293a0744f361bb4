package convoy.scheduler.cli;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.PasswordFile;
import convoy.data.trust.PrivateKeyFile;
import convoy.data.trust.SigningKey;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Passwords of keys: from a file for its owner alone, or asked for without echo. Never from
 * arguments or the environment, which other users of the machine can see. Callers overwrite them.
 */
final class Passwords {
  /** Where someone is asked. */
  interface Prompt {
    /** What was typed, without echo; null where nobody can be asked, or the input has ended. */
    char @Nullable [] read(String text);
  }

  private Passwords() {}

  /** Where the password of a key may lie: beside it. */
  static Path beside(Path key) {
    String name = key.getFileName().toString();
    String plain = name.endsWith(".p12") ? name.substring(0, name.length() - 4) : name;
    return key.resolveSibling(plain + ".password");
  }

  /**
   * Opens a key that is there.
   *
   * @param passwordFile null: beside the key, or asked for at the terminal
   * @throws ConvoyException NOT_TRUSTED when it does not open; USAGE when nobody can be asked
   */
  static SigningKey open(Path key, @Nullable Path passwordFile) {
    return open(key, passwordFile, Passwords::terminal);
  }

  static SigningKey open(Path key, @Nullable Path passwordFile, Prompt prompt) {
    char[] password = known(key, passwordFile, prompt);
    try {
      return PrivateKeyFile.open(key, password).key();
    } catch (IOException e) {
      throw new UncheckedIOException(key.toString(), e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static char[] known(Path key, @Nullable Path file, Prompt prompt) {
    Path used = file == null ? beside(key) : file;
    if (file != null || Files.exists(used)) {
      return read(used);
    }
    return ask(prompt, "Password of " + key.getFileName() + ": ", key);
  }

  /**
   * The password of a key that is to be made.
   *
   * @param file null: asked for at the terminal, twice
   * @throws ConvoyException USAGE when it was typed in two ways, or nobody can be asked
   */
  static char[] fresh(Path key, @Nullable Path file) {
    return fresh(key, file, Passwords::terminal);
  }

  static char[] fresh(Path key, @Nullable Path file, Prompt prompt) {
    if (file != null) {
      return read(file);
    }
    char[] password = ask(prompt, "New password of " + key.getFileName() + ": ", key);
    boolean isSame = false;
    try {
      char[] again = ask(prompt, "Once more: ", key);
      isSame = Arrays.equals(password, again);
      Arrays.fill(again, '\0');
    } finally {
      if (!isSame) {
        Arrays.fill(password, '\0');
      }
    }
    if (!isSame) {
      throw new ConvoyException(
          ErrorCode.USAGE, "found two different passwords, expected the same one twice");
    }
    return password;
  }

  private static char[] read(Path file) {
    try {
      return PasswordFile.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static char[] ask(Prompt prompt, String text, Path key) {
    char[] password = prompt.read(text);
    if (password == null) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          key + ": found no terminal to ask for its password, expected one, or a password file");
    }
    return password;
  }

  // From JDK 22 on there is always a console, unless jdk.console=java.base, which ./convoy sets.
  @SuppressWarnings("SystemConsoleNull")
  private static char @Nullable [] terminal(String text) {
    Console console = System.console();
    return console == null ? null : console.readPassword("%s", text);
  }
}
