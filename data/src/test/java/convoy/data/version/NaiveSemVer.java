package convoy.data.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A semantic version compared field by field as section 11 describes it, without keys: the measure
 * for the property tests.
 */
record NaiveSemVer(List<Integer> core, List<String> pre) implements Comparable<NaiveSemVer> {
  private static final String[] IDENTIFIERS = {
    "0", "1", "2", "10", "9", "a", "A", "alpha", "b", "rc", "-", "0a", "1-", "a-b", "x"
  };

  static NaiveSemVer random(Random random) {
    List<Integer> core = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      core.add(random.nextInt(10) == 0 ? random.nextInt(2000) : random.nextInt(4));
    }
    List<String> pre = new ArrayList<>();
    int count = random.nextBoolean() ? 0 : random.nextInt(4);
    for (int i = 0; i < count; i++) {
      pre.add(IDENTIFIERS[random.nextInt(IDENTIFIERS.length)]);
    }
    return new NaiveSemVer(core, pre);
  }

  /** The next version there is. */
  NaiveSemVer successor() {
    List<String> lowest = new ArrayList<>(pre);
    lowest.add("0");
    return pre.isEmpty()
        ? new NaiveSemVer(List.of(core.get(0), core.get(1), core.get(2) + 1), lowest)
        : new NaiveSemVer(core, lowest);
  }

  String text() {
    String text = core.stream().map(String::valueOf).collect(Collectors.joining("."));
    return pre.isEmpty() ? text : text + "-" + String.join(".", pre);
  }

  @Override
  public int compareTo(NaiveSemVer other) {
    for (int i = 0; i < 3; i++) {
      int order = core.get(i).compareTo(other.core.get(i));
      if (order != 0) {
        return order;
      }
    }
    if (pre.isEmpty() || other.pre.isEmpty()) {
      return Boolean.compare(pre.isEmpty(), other.pre.isEmpty());
    }
    for (int i = 0; i < Math.min(pre.size(), other.pre.size()); i++) {
      int order = compareIdentifiers(pre.get(i), other.pre.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(pre.size(), other.pre.size());
  }

  private static int compareIdentifiers(String a, String b) {
    boolean numericA = a.matches("[0-9]+");
    boolean numericB = b.matches("[0-9]+");
    if (numericA && numericB) {
      return Integer.compare(Integer.parseInt(a), Integer.parseInt(b));
    }
    return numericA != numericB ? (numericA ? -1 : 1) : a.compareTo(b);
  }
}
