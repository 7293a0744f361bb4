package convoy.data.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OLPC canonical JSON, the form in which TUF signs (specification 1.0.34, section 4.1): keys in
 * code-point order, no white space, only {@code "} and {@code \} escaped, UTF-8.
 *
 * <p>Narrower than OLPC where other tools would give other bytes ({@code jq -cS} among them): no
 * fractions, no integer outside the range of RFC 7493 section 2.2 (plus or minus 2^53 - 1), no
 * control character and no U+007F in a string, no lone surrogate.
 */
public final class CanonicalJson {
  private static final long MAX_INTEGER = (1L << 53) - 1;

  private static final int FIRST_SIZE = 1024;

  /** In UTF-8; a string takes no detour, as fleets have millions of them signed. */
  private byte[] out;

  private int length;
  private final Deque<Object> path = new ArrayDeque<>();

  private final boolean isTemplate;

  /** Of a template: its parts up to here. */
  private final List<Part> parts = new ArrayList<>();

  private int partBegan;

  private CanonicalJson(boolean isTemplate, int size) {
    this.isTemplate = isTemplate;
    out = new byte[size];
  }

  /**
   * Stands for a value that a {@link Template} is given later.
   *
   * @param name of that value; it may stand in more than one place
   */
  public record Hole(String name) {}

  /** What stands before a hole, and where the hole is. */
  // Nobody compares two.
  @SuppressWarnings("ArrayRecordComponent")
  private record Part(byte[] before, String hole, List<Object> path) {}

  /**
   * A value that is encoded but for some places. Documents that differ in a few values only are
   * made many times faster this way, with the same bytes. Threads may share it.
   */
  public static final class Template {
    private final List<Part> parts;
    private final byte[] end;

    /** The longest document made of it so far, which the next ones have room for at once. */
    private volatile int longest = FIRST_SIZE;

    private Template(List<Part> parts, byte[] end) {
      this.parts = List.copyOf(parts);
      this.end = end;
    }

    /**
     * The template with these values, which can stand wherever a value can.
     *
     * @param values by the names of the holes
     */
    public Filled with(Map<String, ?> values) {
      return new Filled(this, values);
    }
  }

  /** A {@link Template} with its values. */
  public record Filled(Template template, Map<String, ?> values) {}

  /**
   * Encodes a value as far as it is known.
   *
   * @param value as {@link #encode} takes it, with a {@link Hole} for each value that is not known;
   *     keys are all known
   * @throws IllegalArgumentException when it has no canonical form; the message names the place
   */
  public static Template template(Object value) {
    CanonicalJson json = new CanonicalJson(true, FIRST_SIZE);
    json.value(value);
    return new Template(json.parts, json.sincePart());
  }

  /**
   * The canonical bytes of a value made of Map, List, String, Integer, Long, Boolean, {@link
   * Filled} and null.
   *
   * @throws IllegalArgumentException when it has no canonical form; the message names the place
   */
  public static byte[] encode(@Nullable Object value) {
    Template template = value instanceof Filled filled ? filled.template() : null;
    CanonicalJson json = new CanonicalJson(false, template == null ? FIRST_SIZE : template.longest);
    json.value(value);
    if (template != null && json.length > template.longest) {
      template.longest = json.length;
    }
    return Arrays.copyOf(json.out, json.length);
  }

  private void value(@Nullable Object value) {
    if (value instanceof String text) {
      string(text);
    } else if (value instanceof Map<?, ?> map) {
      object(map);
    } else if (value instanceof List<?> list) {
      array(list);
    } else if (value instanceof Integer || value instanceof Long) {
      integer(((Number) value).longValue());
    } else if (value == null || value instanceof Boolean) {
      ascii(String.valueOf(value));
    } else if (value instanceof Filled filled) {
      filled(filled);
    } else if (value instanceof Hole hole) {
      if (!isTemplate) {
        throw refused("a place for '" + hole.name() + "'", "a value");
      }
      parts.add(new Part(sincePart(), hole.name(), List.copyOf(path)));
      partBegan = length;
    } else if (value instanceof BigInteger) {
      throw outOfRange(value);
    } else if (value instanceof Number) {
      throw refused("the number " + value, "a whole number written without '.' and 'e'");
    } else {
      throw refused(
          "a " + value.getClass().getSimpleName(), "text, a whole number, a list or an object");
    }
  }

  private byte[] sincePart() {
    return Arrays.copyOfRange(out, partBegan, length);
  }

  private void filled(Filled filled) {
    for (Part part : filled.template().parts) {
      bytes(part.before());
      Object value = filled.values().get(part.hole());
      if (value == null && !filled.values().containsKey(part.hole())) {
        throw new IllegalArgumentException("no value for '" + part.hole() + "'");
      }
      path.addLast(part.path());
      value(value);
      path.removeLast();
    }
    bytes(filled.template().end);
  }

  private void object(Map<?, ?> map) {
    String[] keys = sortedKeys(map.keySet());
    char separator = '{';
    for (String key : keys) {
      ascii(separator);
      separator = ',';
      path.addLast(key);
      string(key);
      ascii(':');
      value(map.get(key));
      path.removeLast();
    }
    ascii(keys.length == 0 ? "{}" : "}");
  }

  private String[] sortedKeys(Collection<?> names) {
    String[] keys = new String[names.size()];
    int i = 0;
    for (Object name : names) {
      if (!(name instanceof String key)) {
        throw refused("the key " + name, "keys that are text");
      }
      keys[i++] = key;
    }
    Arrays.sort(keys, CanonicalJson::compareCodePoints);
    return keys;
  }

  private void array(List<?> list) {
    ascii('[');
    int index = 0;
    for (Iterator<?> items = list.iterator(); items.hasNext(); index++) {
      if (index > 0) {
        ascii(',');
      }
      path.addLast(index);
      value(items.next());
      path.removeLast();
    }
    ascii(']');
  }

  private void integer(long number) {
    if (number > MAX_INTEGER || number < -MAX_INTEGER) {
      throw outOfRange(number);
    }
    ascii(Long.toString(number));
  }

  private void string(String text) {
    ascii('"');
    int plain = 0;
    reserve(text.length());
    while (plain < text.length() && isPlain(text.charAt(plain))) {
      out[length++] = (byte) text.charAt(plain++);
    }
    if (plain < text.length()) {
      escaped(text, plain);
    }
    ascii('"');
  }

  private static boolean isPlain(char c) {
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
  }

  private void escaped(String text, int from) {
    StringBuilder rest = new StringBuilder(text.length() - from + 8);
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == 0x7f) {
        throw refused(
            String.format(Locale.ROOT, "the control character U+%04X", (int) c),
            "text without control characters");
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isSurrogatePair(c, i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
          throw refused(
              String.format(Locale.ROOT, "the lone surrogate U+%04X", (int) c),
              "whole Unicode characters");
        }
        rest.append(c);
        c = text.charAt(++i);
      } else if (c == '"' || c == '\\') {
        rest.append('\\');
      }
      rest.append(c);
    }
    bytes(rest.toString().getBytes(UTF_8));
  }

  private void bytes(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, out, length, bytes.length);
    length += bytes.length;
  }

  private void ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      out[length++] = (byte) text.charAt(i);
    }
  }

  private void ascii(char c) {
    reserve(1);
    out[length++] = (byte) c;
  }

  private void reserve(int bytes) {
    if (out.length - length < bytes) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, length + bytes));
    }
  }

  /** UTF-16 order, but for surrogates, which stand for the highest code points. */
  private static int compareCodePoints(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean high = Character.isSurrogate(x);
        return high == Character.isSurrogate(y) ? Character.compare(x, y) : high ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private IllegalArgumentException outOfRange(Object number) {
    return refused(
        "the integer " + number, "an integer from -9007199254740991 to 9007199254740991");
  }

  private IllegalArgumentException refused(String found, String expected) {
    StringBuilder where = new StringBuilder();
    append(where, path);
    return new IllegalArgumentException(
        (where.isEmpty() ? "document" : where) + ": found " + found + ", expected " + expected);
  }

  private static void append(StringBuilder where, Iterable<?> path) {
    for (Object step : path) {
      if (step instanceof List<?> inTemplate) {
        append(where, inTemplate);
      } else if (step instanceof Integer) {
        where.append('[').append(step).append(']');
      } else {
        where.append(where.isEmpty() ? "" : ".").append(printable((String) step));
      }
    }
  }

  /** A key as it can stand in a message: what cannot be printed is shown as a question mark. */
  private static String printable(String key) {
    return key.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
  }
}
