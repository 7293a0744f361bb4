package convoy.data.version;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A range made together with its meaning, said over versions and their beginnings instead of over
 * keys and bounds: the measure for the property tests.
 */
record NaiveRange(String text, Predicate<NaiveSemVer> admits) {
  private static final String[] OPERATORS = {"", "=", ">", ">=", "<", "<=", "^", "~", " - ", ".x"};

  static NaiveRange random(Random random) {
    NaiveRange range = randomConjunction(random);
    for (int more = random.nextInt(3); more > 0; more--) {
      NaiveRange other = randomConjunction(random);
      range = new NaiveRange(range.text + " || " + other.text, range.admits.or(other.admits));
    }
    return range;
  }

  static NaiveRange randomConjunction(Random random) {
    NaiveRange range = comparison(random);
    if (!range.text.contains(" - ") && random.nextBoolean()) {
      NaiveRange other = comparison(random);
      if (!other.text.contains(" - ")) {
        return new NaiveRange(range.text + " " + other.text, range.admits.and(other.admits));
      }
    }
    return range;
  }

  private static NaiveRange comparison(Random random) {
    NaiveSemVer v = NaiveSemVer.random(random);
    int given = 1 + random.nextInt(3);
    String text = given == 3 ? v.text() : beginning(v, given);
    NaiveSemVer base = given == 3 ? v : padded(v, given);
    Predicate<NaiveSemVer> atLeast = x -> x.compareTo(base) >= 0;
    Predicate<NaiveSemVer> begins = given == 3 ? x -> x.compareTo(v) == 0 : sharing(v, given);
    Predicate<NaiveSemVer> equal = begins.and(atLeast);
    String operator = OPERATORS[random.nextInt(OPERATORS.length)];
    return switch (operator) {
      case ">=" -> new NaiveRange(operator + text, atLeast);
      case "<" -> new NaiveRange(operator + text, atLeast.negate());
      case "<=" -> new NaiveRange(operator + text, atLeast.negate().or(begins));
      // Above a part of a version nothing derived is excluded but the pre-releases of its end.
      case ">" -> new NaiveRange(operator + text, atLeast.and(above(v, given)));
      case "^" -> new NaiveRange(operator + text, atLeast.and(sharing(v, caret(v, given))));
      case "~" -> new NaiveRange(operator + text, atLeast.and(sharing(v, Math.min(2, given))));
      case ".x" -> {
        int kept = Math.min(given, 2);
        Predicate<NaiveSemVer> low = x -> x.compareTo(padded(v, kept)) >= 0;
        yield new NaiveRange(beginning(v, kept) + ".x", low.and(sharing(v, kept)));
      }
      case " - " -> {
        NaiveSemVer from = NaiveSemVer.random(random);
        Predicate<NaiveSemVer> low = x -> x.compareTo(from) >= 0;
        yield new NaiveRange(from.text() + " - " + text, low.and(atLeast.negate().or(begins)));
      }
      default -> new NaiveRange(operator + text, equal);
    };
  }

  private static Predicate<NaiveSemVer> above(NaiveSemVer v, int given) {
    if (given == 3) {
      return x -> x.compareTo(v) > 0;
    }
    List<Integer> last = v.core().subList(0, given);
    return x -> {
      List<Integer> first = x.core().subList(0, given);
      boolean directlyAfter =
          first.get(given - 1) == last.get(given - 1) + 1
              && first.subList(0, given - 1).equals(last.subList(0, given - 1))
              && x.core().subList(given, 3).stream().allMatch(n -> n == 0);
      return !first.equals(last) && !(directlyAfter && !x.pre().isEmpty());
    };
  }

  private static int caret(NaiveSemVer v, int given) {
    int zeros = 0;
    while (zeros < given - 1 && v.core().get(zeros) == 0) {
      zeros++;
    }
    return zeros + 1;
  }

  private static Predicate<NaiveSemVer> sharing(NaiveSemVer v, int numbers) {
    return x -> x.core().subList(0, numbers).equals(v.core().subList(0, numbers));
  }

  private static NaiveSemVer padded(NaiveSemVer v, int given) {
    return new NaiveSemVer(List.of(v.core().get(0), given > 1 ? v.core().get(1) : 0, 0), List.of());
  }

  private static String beginning(NaiveSemVer v, int given) {
    return v.core().subList(0, given).stream()
        .map(String::valueOf)
        .collect(Collectors.joining("."));
  }
}
