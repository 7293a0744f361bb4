package convoy.data.delivery;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of the outbox by its path below it, with what the name says. Paths are ordered as their
 * files are published: by role, then by version, then by path.
 *
 * @param text relative, with slashes
 */
public record OutboxPath(String text) implements Comparable<OutboxPath> {
  // Both forms of names in a consistent snapshot: TUF specification 1.0.34, section 6.2.
  private static final Pattern VERSIONED = Pattern.compile("([1-9][0-9]{0,17})\\.(.+)\\.json");
  private static final Pattern HASHED = Pattern.compile("([0-9a-f]{64}|[0-9a-f]{128})\\..+");
  private static final Pattern SHARD =
      Pattern.compile("director/campaign=([^/]+)/wave=[0-9]+/shard-[0-9]{5}\\.zip");
  private static final int SHA256_DIGITS = 64;
  private static final Comparator<OutboxPath> ORDER =
      Comparator.comparing(OutboxPath::role)
          .thenComparing(OutboxPath::version)
          .thenComparing(OutboxPath::text);

  /** Where a shard stands; the macro {@code shard_path} says the same in SQL. */
  public static OutboxPath shard(String campaign, int wave, int shard) {
    return new OutboxPath(
        String.format(
            Locale.ROOT, "director/campaign=%s/wave=%d/shard-%05d.zip", campaign, wave, shard));
  }

  /** What the file is. */
  public FileRole role() {
    if (SHARD.matcher(text).matches()) {
      return FileRole.SHARD;
    }
    Matcher versioned = VERSIONED.matcher(name());
    if (versioned.matches()) {
      return switch (versioned.group(2)) {
        case "root" -> FileRole.ROOT;
        case "snapshot" -> FileRole.SNAPSHOT;
        default -> FileRole.TARGETS;
      };
    }
    return name().endsWith(".json") && !isHashed() ? FileRole.TIMESTAMP : FileRole.CONTENT;
  }

  /** Whether the name stands for its bytes: other bytes under it are never published. */
  public boolean isFixed() {
    return isHashed() || VERSIONED.matcher(name()).matches() || role() == FileRole.SHARD;
  }

  /** The SHA-256 that the name gives its bytes, when it gives one. */
  public Optional<String> namedSha256() {
    Matcher hashed = HASHED.matcher(name());
    return hashed.matches() && hashed.group(1).length() == SHA256_DIGITS
        ? Optional.of(hashed.group(1))
        : Optional.empty();
  }

  /** The campaign whose manifests the file holds, when it is a shard. */
  public Optional<String> campaign() {
    Matcher shard = SHARD.matcher(text);
    return shard.matches() ? Optional.of(shard.group(1)) : Optional.empty();
  }

  @Override
  public int compareTo(OutboxPath other) {
    return ORDER.compare(this, other);
  }

  private boolean isHashed() {
    return HASHED.matcher(name()).matches();
  }

  /** The version in the name; 0 without one. */
  private long version() {
    Matcher versioned = VERSIONED.matcher(name());
    return versioned.matches() ? Long.parseLong(versioned.group(1)) : 0;
  }

  private String name() {
    return text.substring(text.lastIndexOf('/') + 1);
  }
}
