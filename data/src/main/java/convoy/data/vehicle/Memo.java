package convoy.data.vehicle;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What texts that come again and again were read as. Bounded: long texts are not kept, and when it
 * is full it starts anew. For one thread.
 */
public final class Memo<V> {
  private static final int MAX_ENTRIES = 4096;
  private static final int MAX_LENGTH = 64;

  private final Map<String, V> known = new HashMap<>();
  private final Reading<V> reading;

  /** Reads a text; null when it means nothing. */
  @FunctionalInterface
  public interface Reading<V> {
    @Nullable V read(String text);
  }

  public Memo(Reading<V> reading) {
    this.reading = reading;
  }

  /** What the text was read as, null when it means nothing. */
  public @Nullable V get(String text) {
    V value = known.get(text);
    return value != null ? value : read(text);
  }

  private @Nullable V read(String text) {
    V value = reading.read(text);
    if (value != null && text.length() <= MAX_LENGTH) {
      if (known.size() == MAX_ENTRIES) {
        known.clear();
      }
      known.put(text, value);
    }
    return value;
  }
}
