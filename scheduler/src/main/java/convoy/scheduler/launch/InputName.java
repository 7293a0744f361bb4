package convoy.scheduler.launch;

import java.util.Locale;
import java.util.regex.Pattern;

/** How people name an input file: by its name, or by 8 or more digits of its hash. */
public final class InputName {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{8,64}");

  private InputName() {}

  /** Whether what a person wrote names the file of that name and hash. */
  public static boolean is(String written, String name, String sha256) {
    String hash = written.toLowerCase(Locale.ROOT);
    return name.equals(written) || (HASH.matcher(hash).matches() && sha256.startsWith(hash));
  }
}
