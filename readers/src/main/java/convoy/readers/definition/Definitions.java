package convoy.readers.definition;

import convoy.config.Located;
import convoy.config.YamlException;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What reading one kind of definition shares with reading another. */
final class Definitions {
  private Definitions() {}

  /** Whatever YAML refuses, as a failure that a person can act on. */
  static <T> T refusingInput(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (YamlException e) {
      throw new ConvoyException(ErrorCode.INPUT_REFUSED, String.valueOf(e.getMessage()), e);
    }
  }

  /** Makes something of a record; what that refuses is given the record's place. */
  static <R extends Record, T> T make(Located<R> from, Function<R, T> making) {
    try {
      return making.apply(from.value());
    } catch (IllegalArgumentException e) {
      throw from.refused(e);
    }
  }

  /** An absent key means all; an empty list would mean none, which nobody wants. */
  static <T> List<T> allIfAbsent(String key, @Nullable List<T> list) {
    return ifAbsent("all", key, list);
  }

  /** An absent key means none; so an empty list would be a mistake. */
  static <T> List<T> noneIfAbsent(String key, @Nullable List<T> list) {
    return ifAbsent("none", key, list);
  }

  private static <T> List<T> ifAbsent(String meaning, String key, @Nullable List<T> list) {
    if (list != null && list.isEmpty()) {
      throw new IllegalArgumentException(
          "%s '[]': expected one or more; leave the key out for %s".formatted(key, meaning));
    }
    return list == null ? List.of() : list;
  }
}
