package convoy.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads a YAML file into a record. Keys are the component names in kebab-case; a component that is
 * not {@code @Nullable} must be there; unknown keys, keys written twice, values of the wrong type,
 * aliases and further documents are refused. Scalars are taken as written: {@code 2.10} in a text
 * component stays 2.10.
 *
 * <p>Components may be text, int, long, boolean, an enum, {@code Duration}, {@code ZoneId}, another
 * record, {@link Located} of a record, {@code List} and {@code Map<String, …>} of these, and any
 * class with a public static {@code parse(String)}; where that is a sealed interface with one
 * record of several components, a mapping is that record. An {@code IllegalArgumentException} from
 * there or from a record's constructor becomes a {@link YamlException} with the place; where its
 * message begins with a key, that key's place.
 */
public final class StrictYaml {
  /** Far more than any definition needs; what is larger was put here by mistake. */
  static final long MAX_BYTES = 1_000_000;

  private StrictYaml() {}

  /**
   * The file's one document as a record.
   *
   * @throws YamlException when the file is refused; one problem at a time, the first met
   */
  public static <T extends Record> T read(Path file, Class<T> type) {
    return readLocated(file, type).value();
  }

  /** The same for text that is already in memory; {@code file} is its name in messages. */
  public static <T extends Record> T read(String file, String text, Class<T> type) {
    return bind(nonEmpty(file, text), type).value();
  }

  /**
   * The same as {@link #read(Path, Class)}, with the record's place for later checks.
   *
   * @throws YamlException when the file is refused
   */
  public static <T extends Record> Located<T> readLocated(Path file, Class<T> type) {
    return bind(nonEmpty(nameOf(file), text(file)), type);
  }

  /** The same as {@link #readLocated(Path, Class)} for text that is already in memory. */
  public static <T extends Record> Located<T> readLocated(String file, String text, Class<T> type) {
    return bind(nonEmpty(file, text), type);
  }

  static <T extends Record> Located<T> bind(YamlNode root, Class<T> type) {
    return YamlBinder.bindRoot(root, type);
  }

  static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static YamlNode nonEmpty(String file, String text) {
    return YamlParser.parse(file, text)
        .orElseThrow(() -> new YamlException(file + ": the file is empty: expected YAML keys"));
  }

  /** The file's text, strictly UTF-8, without a byte order mark. */
  static String text(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new YamlException(
            "%s: %d bytes: expected at most %d".formatted(nameOf(file), size, MAX_BYTES));
      }
      return decode(nameOf(file), Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new YamlException(nameOf(file) + ": no such file", e);
    } catch (IOException e) {
      throw new YamlException("%s: cannot be read (%s)".formatted(nameOf(file), e), e);
    }
  }

  private static String decode(String file, byte[] bytes) {
    CharBuffer out = CharBuffer.allocate(bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult end = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = out.flip().toString();
    if (end.isError()) {
      int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
      int column = text.length() - text.lastIndexOf('\n');
      throw new YamlException(
          new Position(file, line, column),
          "byte 0x%02X: expected UTF-8 text".formatted(in.get(in.position())));
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
