package convoy.data.eligibility;

import convoy.data.vehicle.ModuleCatalog;
import convoy.data.version.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The few versions of a small world in their order, written out: by module, the lowest first, those
 * that are equal beside one another. What is not in it cannot be read.
 */
public record PlainModules(Map<String, List<List<String>>> ladders) {
  private static final List<List<String>> SEMVER =
      List.of(
          List.of("1.0.0-rc.1"),
          List.of("1.0.0", "1.0.0+b7"),
          List.of("1.0.1"),
          List.of("1.1.0-alpha"),
          List.of("1.1.0"),
          List.of("2.0.0"));
  private static final List<List<String>> DOTTED =
      List.of(
          List.of("1.0", "01.00.0"),
          List.of("1.1"),
          List.of("1.1.0.5"),
          List.of("1.2", "1.2.0"),
          List.of("2.0"));

  /** A release of GATEWAY that the settings list only later. */
  public static final String LATER = "MU6";

  /** A version that no scheme reads. */
  public static final String UNREADABLE = "v?";

  /** Two modules under SEMVER, one under DOTTED, one under LISTED. */
  public static PlainModules first() {
    return new PlainModules(
        Map.of("ABS", SEMVER, "RADAR", SEMVER, "BCM", DOTTED, "GATEWAY", listed(5)));
  }

  /** The same when the settings list one release more. */
  public PlainModules withLater() {
    Map<String, List<List<String>>> all = new TreeMap<>(ladders);
    all.put("GATEWAY", listed(6));
    return new PlainModules(all);
  }

  private static List<List<String>> listed(int releases) {
    List<List<String>> ladder = new ArrayList<>();
    for (int i = 1; i <= releases; i++) {
      ladder.add(List.of("MU" + i));
    }
    return ladder;
  }

  public List<String> codes() {
    return ladders.keySet().stream().sorted().toList();
  }

  public List<List<String>> ladder(String module) {
    return Objects.requireNonNull(ladders.get(module));
  }

  /** The version's place among those of its module; null when it cannot be read. */
  @Nullable Integer place(String module, String version) {
    List<List<String>> ladder = ladder(module);
    for (int i = 0; i < ladder.size(); i++) {
      if (ladder.get(i).contains(version)) {
        return i;
      }
    }
    return null;
  }

  /** What the settings say of these modules. */
  public ModuleCatalog catalog() {
    return new ModuleCatalog(
        codes().stream()
            .map(code -> new ModuleCatalog.Module(code, scheme(code), List.of()))
            .toList());
  }

  private VersionScheme scheme(String module) {
    return switch (module) {
      case "BCM" -> VersionScheme.DOTTED;
      case "GATEWAY" ->
          VersionScheme.listed(ladder(module).stream().flatMap(List::stream).toList());
      default -> VersionScheme.SEMVER;
    };
  }
}
