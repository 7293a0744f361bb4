package convoy.data.vehicle;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names that people write in many ways: compared without case, spaces, dashes and underscores. */
final class Names {
  private Names() {}

  /** The form in which two ways of writing one name are equal. */
  static String normal(String name) {
    StringBuilder normal = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '-' && c != '_' && !Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
        normal.append(c);
      }
    }
    return normal.toString().toUpperCase(Locale.ROOT);
  }

  /** The constants of an enum by their own name and their synonyms, all in normal form. */
  static <E extends Enum<E>> Map<String, E> table(
      E[] constants, Function<E, ? extends Collection<String>> synonyms) {
    return Stream.of(constants)
        .flatMap(
            constant ->
                Stream.concat(Stream.of(constant.name()), synonyms.apply(constant).stream())
                    .map(name -> Map.entry(normal(name), constant)))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
