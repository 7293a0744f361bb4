package convoy.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or disk, written as {@code 4GB} or {@code 512MiB}: KB, MB, GB, TB are powers
 * of 1000 and KiB, MiB, GiB, TiB powers of 1024, as in DuckDB.
 *
 * @param bytes more than zero
 */
public record DataSize(long bytes) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,15}) ?([KMGT]i?B|B)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "B", 1L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "TB", 1_000_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30,
          "TiB", 1L << 40);

  public DataSize {
    if (bytes <= 0) {
      throw new IllegalArgumentException("%d bytes: expected more than 0".formatted(bytes));
    }
  }

  /**
   * The size that the text writes.
   *
   * @throws IllegalArgumentException when the text is not a size above zero; the message begins
   *     with the text in quotes
   */
  public static DataSize parse(String text) {
    Matcher m = TEXT.matcher(text);
    if (m.matches()) {
      long count = Long.parseLong(m.group(1));
      long unit = UNITS.getOrDefault(m.group(2), 0L);
      if (count > 0 && count <= Long.MAX_VALUE / unit) {
        return new DataSize(count * unit);
      }
    }
    throw new IllegalArgumentException(
        "'%s': expected a size such as 4GB or 512MiB".formatted(text));
  }

  /** The size in bytes, such as {@code 4000000000B}; DuckDB and {@link #parse} read it. */
  @Override
  public String toString() {
    return bytes + "B";
  }
}
