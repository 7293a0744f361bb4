package convoy.data.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
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
 * versions in which each bound has its successor: what is refused as empty contains none of them,
 * and what is taken contains exactly those that the comparisons say.
 */
class PlainOrderRangesTest {
  private static final List<String> OPERATORS = List.of("", "=", ">", ">=", "<", "<=");

  /** A range together with its alternatives' meanings. */
  private record Meaning(String text, List<Predicate<String>> alternatives) {}

  @Test
  void semanticVersions() throws Exception {
    List<NaiveSemVer> versions = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      List<Integer> core = List.of(i / 4, i / 2 % 2, 9 + i % 2);
      for (String pre : List.of("", "0", "9", "10", "a", "a-b", "rc", "rc.1")) {
        versions.add(
            new NaiveSemVer(core, pre.isEmpty() ? List.of() : List.of(pre.split("\\.", -1))));
      }
    }
    List<String> bounds = new ArrayList<>();
    Map<String, NaiveSemVer> world = new HashMap<>();
    for (NaiveSemVer version : versions) {
      NaiveSemVer next = version.successor();
      bounds.addAll(List.of(version.text(), next.text()));
      List.of(version, next, next.successor()).forEach(v -> world.put(v.text(), v));
    }
    // The lowest version there is, or else nothing would lie below the lowest bound.
    world.put("0.0.0-0", new NaiveSemVer(List.of(0, 0, 0), List.of("0")));
    check(VersionScheme.SEMVER, bounds, world.keySet(), Comparator.comparing(world::get));
  }

  @Test
  void dottedNumbers() throws Exception {
    List<String> bounds = new ArrayList<>();
    for (int i = 0; i < 27; i++) {
      bounds.add("%d".formatted(i));
      bounds.add("0%d.%d".formatted(i / 9, i % 9));
      bounds.add("%d.00%d.%d".formatted(i / 9, i / 3 % 3, i % 3));
      bounds.add("%d.0.0.0.0.0.0.%d".formatted(i / 9, i % 9));
    }
    List<String> world = new ArrayList<>(bounds);
    for (String version : bounds) {
      List<Integer> parts = dotted(version);
      parts.set(7, parts.get(7) + 1);
      world.add(String.join(".", parts.stream().map(String::valueOf).toList()));
    }
    Map<String, List<Integer>> read = new HashMap<>();
    check(
        VersionScheme.DOTTED,
        bounds,
        world,
        (a, b) -> {
          List<Integer> left = read.computeIfAbsent(a, PlainOrderRangesTest::dotted);
          List<Integer> right = read.computeIfAbsent(b, PlainOrderRangesTest::dotted);
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
    Map<String, Integer> places = new HashMap<>();
    releases.forEach(release -> places.put(release, places.size()));
    check(VersionScheme.listed(releases), releases, releases, Comparator.comparing(places::get));
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
      VersionScheme scheme, List<String> bounds, Collection<String> world, Comparator<String> order)
      throws Exception {
    List<String> ascending = bounds.stream().sorted(order).toList();
    Map<String, String> keys = new HashMap<>();
    for (String version : world) {
      keys.put(version, scheme.key(version));
    }
    Random random = new Random(21);
    int refused = 0;
    int rounds = 2_000;
    for (int round = 0; round < rounds; round++) {
      Meaning meaning = range(random, ascending, order);
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

  private static Meaning range(Random random, List<String> ascending, Comparator<String> order) {
    List<String> texts = new ArrayList<>();
    List<Predicate<String>> meanings = new ArrayList<>();
    for (int alternatives = 1 + random.nextInt(2); alternatives > 0; alternatives--) {
      // Neighbours, between which there is nothing or little.
      int at = random.nextInt(ascending.size());
      String a = ascending.get(at);
      String b = ascending.get(Math.floorMod(at + random.nextInt(5) - 2, ascending.size()));
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
