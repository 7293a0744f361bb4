package convoy.data.update;

import convoy.data.version.VersionRange.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether registered updates wait for one another for ever. An update can be installed when each of
 * its requirements is met by an update that can be installed, or by none at all: then vehicles have
 * it from their factory. The least set of updates of which that is true is computed.
 */
public final class Requirements {
  private Requirements() {}

  /**
   * An update as far as requirements go.
   *
   * @param update its name and version
   * @param installs the key of the version that each module has afterwards
   */
  public record Node(String update, Map<String, String> installs, List<Need> needs) {}

  /**
   * One requirement.
   *
   * @param text as people read it
   */
  public record Need(String text, String module, List<Interval> versions) {
    boolean isMetBy(Node node) {
      String key = node.installs().get(module);
      return key != null && versions.stream().anyMatch(i -> i.contains(key));
    }
  }

  /** A cycle because of which some of the updates can never be installed, as a sentence. */
  public static Optional<String> cycle(Collection<Node> updates) {
    Set<Node> installable = new LinkedHashSet<>();
    Set<Node> rest = new LinkedHashSet<>(updates);
    while (true) {
      List<Node> next =
          rest.stream().filter(n -> unmet(n, updates, installable).isEmpty()).toList();
      if (next.isEmpty()) {
        break;
      }
      installable.addAll(next);
      next.forEach(rest::remove);
    }
    return rest.stream().findFirst().map(first -> spelled(first, updates, installable));
  }

  private static Optional<Need> unmet(Node node, Collection<Node> updates, Set<Node> installable) {
    return node.needs().stream()
        .filter(need -> updates.stream().anyMatch(need::isMetBy))
        .filter(need -> installable.stream().noneMatch(need::isMetBy))
        .findFirst();
  }

  /** From one update to what it waits for, until one comes again; what led there is left out. */
  private static String spelled(Node first, Collection<Node> updates, Set<Node> installable) {
    List<Node> path = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    Node node = first;
    while (!path.contains(node)) {
      path.add(node);
      Need need = unmet(node, updates, installable).orElseThrow();
      Node provider = updates.stream().filter(need::isMetBy).findFirst().orElseThrow();
      steps.add(
          "%s requires %s, which %s installs"
              .formatted(node.update(), need.text(), provider.update()));
      node = provider;
    }
    return String.join("; ", steps.subList(path.indexOf(node), steps.size()));
  }
}
