package convoy.data.manifest;

import java.util.Locale;

/**
 * The two repositories of an Uptane installation (Uptane Standard 2.1, "Server / repository
 * implementation requirements"). They never share a key.
 */
public enum Repository {
  /** Says to each vehicle what to install; its keys but root's sign unattended. */
  DIRECTOR("the Director"),
  /** Says of each image what it is; people sign its targets. */
  IMAGE("the image repository");

  private final String words;

  Repository(String words) {
    this.words = words;
  }

  /** Its folder in the outbox: {@code director} or {@code image}. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its name in a sentence. */
  public String words() {
    return words;
  }
}
