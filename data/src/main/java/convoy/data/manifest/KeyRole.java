package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.error.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A role of a repository (TUF specification 1.0.34, section 2.1), such as director-targets. */
public enum KeyRole {
  DIRECTOR_ROOT,
  DIRECTOR_TARGETS,
  DIRECTOR_SNAPSHOT,
  DIRECTOR_TIMESTAMP,
  IMAGE_ROOT,
  IMAGE_TARGETS,
  IMAGE_SNAPSHOT,
  IMAGE_TIMESTAMP;

  /**
   * The role of that name.
   *
   * @throws ConvoyException USAGE when there is none
   */
  public static KeyRole of(String text) {
    return Arrays.stream(values())
        .filter(role -> role.text().equals(text))
        .findFirst()
        .orElseThrow(() -> unknown(text));
  }

  private static ConvoyException unknown(String text) {
    List<String> names = Arrays.stream(values()).map(KeyRole::text).toList();
    return new ConvoyException(
        ErrorCode.USAGE,
        "role '%s': found none of that name, expected %s"
            .formatted(
                text,
                Nearest.to(text, names)
                    .map(near -> "one such as '" + near + "'")
                    .orElseGet(() -> "one of " + names)));
  }

  /** The roles of a repository, root first. */
  public static List<KeyRole> of(Repository repository) {
    return Arrays.stream(values()).filter(role -> role.repository() == repository).toList();
  }

  /** The root role of a repository. */
  public static KeyRole rootOf(Repository repository) {
    return repository == Repository.DIRECTOR ? DIRECTOR_ROOT : IMAGE_ROOT;
  }

  public Repository repository() {
    return name().startsWith("DIRECTOR") ? Repository.DIRECTOR : Repository.IMAGE;
  }

  /** The role's name in metadata: root, targets, snapshot or timestamp. */
  public String role() {
    return name().substring(name().indexOf('_') + 1).toLowerCase(Locale.ROOT);
  }

  /** The name by which people give it to commands. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public boolean isRoot() {
    return role().equals(RootMetadata.ROOT);
  }

  /** Whether its key must be at hand in each night; the others can be kept elsewhere. */
  public boolean isOnline() {
    return !isRoot() && this != IMAGE_TARGETS;
  }
}
