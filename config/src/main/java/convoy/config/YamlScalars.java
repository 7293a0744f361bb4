package convoy.config;

import static java.util.Map.entry;

import convoy.config.YamlNode.Scalar;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Single values: what each type expects, and its reading from the text as written. */
final class YamlScalars {
  private record Kind(String expected, Function<String, Object> reader) {}

  private static final Kind INT = new Kind("a whole number", Integer::valueOf);
  private static final Kind LONG = new Kind("a whole number", Long::valueOf);
  private static final Kind BOOLEAN = new Kind("true or false", YamlScalars::bool);
  private static final Map<Class<?>, Kind> KINDS =
      Map.ofEntries(
          entry(String.class, new Kind("text", text -> text)),
          entry(int.class, INT),
          entry(Integer.class, INT),
          entry(long.class, LONG),
          entry(Long.class, LONG),
          entry(boolean.class, BOOLEAN),
          entry(Boolean.class, BOOLEAN),
          entry(Duration.class, new Kind("a duration such as PT10M or P7D", Duration::parse)),
          entry(LocalDate.class, new Kind("a date such as 2025-03-01", LocalDate::parse)),
          entry(
              LocalDateTime.class,
              new Kind("a date and time such as 2026-12-01T00:00", LocalDateTime::parse)),
          entry(
              Instant.class,
              new Kind(
                  "a time with its offset such as 2026-12-01T00:00:00+01:00",
                  text -> OffsetDateTime.parse(text).toInstant())),
          entry(ZoneId.class, new Kind("a time zone such as Europe/Berlin", ZoneId::of)));

  private YamlScalars() {}

  /** Whether the type is written as one value, even if it is a record. */
  static boolean isScalar(Class<?> type) {
    return KINDS.containsKey(type) || type.isEnum() || parseMethod(type) != null;
  }

  /** The one record with several components among the subclasses of a sealed interface. */
  static Optional<Class<? extends Record>> mappedRecord(Class<?> type) {
    if (!type.isSealed()) {
      return Optional.empty();
    }
    List<Class<?>> records =
        Arrays.stream(type.getPermittedSubclasses())
            .filter(c -> c.isRecord() && c.getRecordComponents().length > 1)
            .collect(Collectors.toList());
    return records.size() == 1
        ? Optional.of(records.get(0).asSubclass(Record.class))
        : Optional.empty();
  }

  static String expected(Class<?> type) {
    Kind kind = KINDS.get(type);
    if (kind != null) {
      return kind.expected();
    }
    return type.isEnum() ? "one of " + String.join(", ", names(type)) : "text";
  }

  static Object read(String key, Class<?> type, Scalar scalar) {
    Method parse = parseMethod(type);
    if (parse != null && !KINDS.containsKey(type)) {
      return parse(key, parse, scalar);
    }
    try {
      Kind kind = KINDS.get(type);
      return kind != null ? kind.reader().apply(scalar.text()) : constant(type, scalar.text());
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new YamlException(
          scalar.at(), "%s '%s': expected %s".formatted(key, scalar.text(), expected(type)), e);
    }
  }

  /** The type's own message says what was found and what was expected. */
  private static Object parse(String key, Method parse, Scalar scalar) {
    Class<?> type = parse.getReturnType();
    // As with records: the type itself need not be public.
    parse.setAccessible(true);
    try {
      return parse.invoke(null, scalar.text());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException problem) {
        throw new YamlException(scalar.at(), key + " " + problem.getMessage(), problem);
      }
      throw new IllegalStateException(type + " cannot be read", e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(type + " cannot be read", e);
    }
  }

  private static @Nullable Method parseMethod(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(m -> m.getName().equals("parse") && m.getReturnType() == type)
        .filter(m -> Arrays.equals(m.getParameterTypes(), new Class<?>[] {String.class}))
        .findFirst()
        .orElse(null);
  }

  private static Object constant(Class<?> type, String name) {
    if (!type.isEnum()) {
      throw new IllegalStateException(type + " cannot be read from YAML");
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(c -> ((Enum<?>) c).name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name));
  }

  private static List<String> names(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(c -> ((Enum<?>) c).name())
        .collect(Collectors.toList());
  }

  private static Boolean bool(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    throw new IllegalArgumentException(text);
  }
}
