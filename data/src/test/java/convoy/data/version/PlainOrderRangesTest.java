package convoy.data.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Comparisons of whole versions under each scheme, against a plain comparator over a small world of
 * versions in which each has its successor: what is refused as empty contains none of them, and
 * what is taken contains exactly those that the comparisons say.
 */
class PlainOrderRangesTest {
  private static final List<String> OPERATORS = List.of("", "=", ">", ">=", "<", "<=");

  /** A range together with its alternatives' meanings. */
  private record Meaning(String text, List<Predicate<String>> alternatives) {}

  @Test
  void semanticVersions() throws Exception {
    List<NaiveSemVer> written = new ArrayList<>();
    for (int i = 0; i < 27; i++) {
      List<Integer> core = List.of(i / 9, i / 3 % 3, i % 3);
      for (String pre : List.of("", "0", "0.0", "9", "10", "a", "a.0", "a-b", "rc", "rc.1")) {
        written.add(
            new NaiveSemVer(core, pre.isEmpty() ? List.of() : List.of(pre.split("\\.", -1))));
      }
    }
    Map<String, NaiveSemVer> world = new HashMap<>();
    written.forEach(v -> world.put(v.text(), v));
    written.stream().map(NaiveSemVer::successor).forEach(v -> world.put(v.text(), v));
    check(
        VersionScheme.SEMVER,
        written.stream().map(NaiveSemVer::text).toList(),
        List.copyOf(world.keySet()),
        Comparator.comparing(world::get));
  }

  @Test
  void dottedNumbers() throws Exception {
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 27; i++) {
      written.add("%d".formatted(i));
      written.add("0%d.%d".formatted(i / 9, i % 9));
      written.add("%d.00%d.%d".formatted(i / 9, i / 3 % 3, i % 3));
      written.add("%d.0.0.0.0.0.0.%d".formatted(i / 9, i % 9));
    }
    List<String> world = new ArrayList<>(written);
    for (String version : written) {
      List<Integer> parts = dotted(version);
      parts.set(7, parts.get(7) + 1);
      world.add(String.join(".", parts.stream().map(String::valueOf).toList()));
    }
    check(
        VersionScheme.DOTTED,
        written,
        world,
        (a, b) -> {
          List<Integer> left = dotted(a);
          List<Integer> right = dotted(b);
          return IntStream.range(0, 8)
              .map(i -> Integer.compare(left.get(i), right.get(i)))
              .filter(order -> order != 0)
              .findFirst()
              .orElse(0);
        });
  }

  @Test
  void listedReleases() throws Exception {
    List<String> releases =
        new ArrayList<>(IntStream.range(0, 120).mapToObj(i -> "MU%04d".formatted(i)).toList());
    Collections.shuffle(releases, new Random(3));
    check(
        VersionScheme.listed(releases),
        releases,
        releases,
        Comparator.comparingInt(releases::indexOf));
  }

  private static List<Integer> dotted(String version) {
    List<Integer> parts = new ArrayList<>();
    for (String part : version.split("\\.", -1)) {
      parts.add(Integer.valueOf(part));
    }
    parts.addAll(Collections.nCopies(8 - parts.size(), 0));
    return parts;
  }

  private static void check(
      VersionScheme scheme, List<String> written, List<String> world, Comparator<String> order)
      throws Exception {
    Map<String, String> keys = new HashMap<>();
    for (String version : world) {
      keys.put(version, scheme.key(version));
    }
    Random random = new Random(21);
    int refused = 0;
    int rounds = 2_000;
    for (int round = 0; round < rounds; round++) {
      Meaning meaning = range(random, written, order);
      boolean empty =
          meaning.alternatives().stream().anyMatch(one -> world.stream().noneMatch(one));
      VersionRange range = rangeOrNull(meaning.text(), scheme);
      assertThat(range == null).as("'%s' is refused", meaning.text()).isEqualTo(empty);
      if (range == null) {
        refused++;
        continue;
      }
      for (String version : world) {
        assertThat(range.contains(String.valueOf(keys.get(version))))
            .as("%s in '%s'", version, meaning.text())
            .isEqualTo(meaning.alternatives().stream().anyMatch(one -> one.test(version)));
      }
    }
    // The test would prove little if nearly all, or none, were refused.
    assertThat(refused).isBetween(rounds / 10, rounds / 2);
  }

  private static @Nullable VersionRange rangeOrNull(String text, VersionScheme scheme) {
    try {
      return VersionRange.parse(text, scheme);
    } catch (VersionFormatException e) {
      assertThat(e).hasMessageContaining(" contains no version: expected ");
      return null;
    }
  }

  private static Meaning range(Random random, List<String> written, Comparator<String> order) {
    List<String> texts = new ArrayList<>();
    List<Predicate<String>> meanings = new ArrayList<>();
    for (int alternatives = 1 + random.nextInt(2); alternatives > 0; alternatives--) {
      // Neighbours often, so that bounds come close to each other.
      int at = random.nextInt(written.size());
      String a = written.get(at);
      String b = written.get(Math.floorMod(at + random.nextInt(7) - 3, written.size()));
      if (random.nextInt(4) == 0) {
        texts.add(a + " - " + b);
        meanings.add(comparison(">=", a, order).and(comparison("<=", b, order)));
      } else {
        String first = OPERATORS.get(random.nextInt(OPERATORS.size()));
        String second = OPERATORS.get(random.nextInt(OPERATORS.size()));
        boolean both = random.nextBoolean();
        texts.add(first + a + (both ? " " + second + b : ""));
        Predicate<String> one = comparison(first, a, order);
        meanings.add(both ? one.and(comparison(second, b, order)) : one);
      }
    }
    return new Meaning(String.join(" || ", texts), meanings);
  }

  private static Predicate<String> comparison(
      String operator, String bound, Comparator<String> order) {
    return switch (operator) {
      case ">" -> v -> order.compare(v, bound) > 0;
      case ">=" -> v -> order.compare(v, bound) >= 0;
      case "<" -> v -> order.compare(v, bound) < 0;
      case "<=" -> v -> order.compare(v, bound) <= 0;
      default -> v -> order.compare(v, bound) == 0;
    };
  }
}
