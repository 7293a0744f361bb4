package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object of a document, read with their types. Each method throws a
 * ConvoyException NOT_TRUSTED that names the place when a field is missing or of another type.
 *
 * @param where the file and the path of the object in it
 * @param values the fields as they were parsed
 */
public record Fields(String where, Map<?, ?> values) {

  /** Text that is not empty. */
  public String text(String name) {
    if (values.get(name) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw refused(name, "text");
  }

  /** A whole number of at least {@code least}. */
  public long integer(String name, long least) {
    Object value = values.get(name);
    if (value instanceof Integer || value instanceof Long) {
      long number = ((Number) value).longValue();
      if (number >= least) {
        return number;
      }
    }
    throw refused(name, "a whole number, " + least + " or more");
  }

  /** A whole number of at least {@code least} that fits an int. */
  public int smallInteger(String name, int least) {
    long number = integer(name, least);
    if (number > Integer.MAX_VALUE) {
      throw refused(name, "a whole number, " + Integer.MAX_VALUE + " or less");
    }
    return (int) number;
  }

  /** Text in lower-case hex, for this many bytes. */
  public String hex(String name, int bytes) {
    String text = text(name);
    if (!Hashes.isHex(text, bytes)) {
      throw refused(name, 2 * bytes + " lower-case hex digits");
    }
    return text;
  }

  /**
   * Checks what kind of document it is.
   *
   * @return itself
   */
  public Fields requireType(String type) {
    if (!text("_type").equals(type)) {
      throw refused("_type", "'" + type + "'");
    }
    return this;
  }

  /** A constant of that enum, by its name. */
  public <E extends Enum<E>> E constant(String name, Class<E> type) {
    return named(type, text(name)).orElseThrow(() -> refused(name, oneOf(type)));
  }

  /** The constant of that name. */
  static <E extends Enum<E>> Optional<E> named(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants()).filter(c -> c.name().equals(name)).findFirst();
  }

  /** What is expected of the name of a constant. */
  static <E extends Enum<E>> String oneOf(Class<E> type) {
    return "one of " + Arrays.toString(type.getEnumConstants());
  }

  /** A time in UTC with whole seconds. */
  public Instant time(String name) {
    return IsoSeconds.parse(text(name))
        .orElseThrow(() -> refused(name, "a time such as 2026-03-01T12:00:00Z"));
  }

  /** An object within this one. */
  public Fields object(String name) {
    if (values.get(name) instanceof Map<?, ?> map) {
      return new Fields(path(name), map);
    }
    throw refused(name, "an object");
  }

  /** A list within this object. */
  public List<?> list(String name) {
    if (values.get(name) instanceof List<?> list) {
      return list;
    }
    throw refused(name, "a list");
  }

  /** Refuses fields other than these, and missing ones. */
  public Fields requireExactly(Set<String> names) {
    if (!values.keySet().equals(names)) {
      throw untrusted(
          (where.endsWith(":") ? where : where + ":")
              + " found the fields "
              + names()
              + ", expected "
              + new TreeSet<>(names));
    }
    return this;
  }

  /** The names of the fields, sorted. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    values.keySet().forEach(name -> names.add(String.valueOf(name)));
    return names;
  }

  /** The exception that refuses a field's value, saying what was expected of it. */
  public ConvoyException refused(String name, String expected) {
    return untrusted(path(name) + ": found " + shown(values.get(name)) + ", expected " + expected);
  }

  private String path(String name) {
    return where.endsWith(":") ? where + " " + name : where + "." + name;
  }

  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "nothing";
    }
    if (value instanceof Map) {
      return "an object";
    }
    if (value instanceof List) {
      return "a list";
    }
    String text = value.toString();
    return "'" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "'";
  }

  private static ConvoyException untrusted(String message) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message);
  }
}
