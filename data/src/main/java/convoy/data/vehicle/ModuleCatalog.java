package convoy.data.vehicle;

import convoy.data.version.VersionScheme;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The modules that this maker's vehicles have, by code and by the other names that plants write.
 */
public final class ModuleCatalog {
  private final Map<String, Module> byName = new HashMap<>();
  private final SortedSet<String> codes = new TreeSet<>();

  /**
   * One kind of ECU.
   *
   * @param code the canonical code, upper case, such as {@code GATEWAY}
   * @param scheme how its software versions are written and ordered
   * @param synonyms other names for it, such as {@code CGW}
   */
  public record Module(String code, VersionScheme scheme, Collection<String> synonyms) {}

  /**
   * @throws IllegalArgumentException when two modules claim one name
   */
  public ModuleCatalog(Collection<Module> modules) {
    for (Module module : modules) {
      codes.add(module.code());
      claim(module.code(), module);
      module.synonyms().forEach(synonym -> claim(synonym, module));
    }
  }

  private void claim(String name, Module module) {
    Module earlier = byName.putIfAbsent(Names.normal(name), module);
    if (earlier != null && !earlier.code().equals(module.code())) {
      throw new IllegalArgumentException(
          "module name '%s' stands for both %s and %s"
              .formatted(name, earlier.code(), module.code()));
    }
  }

  /** The module of that code or synonym, without regard to case, spaces, dashes and underscores. */
  public Optional<Module> find(String name) {
    return Optional.ofNullable(byName.get(Names.normal(name)));
  }

  /** All codes, sorted. */
  public SortedSet<String> codes() {
    return new TreeSet<>(codes);
  }
}
