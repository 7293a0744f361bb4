package convoy.scheduler.cli;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.update.UpdateCategory;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.Protocol;
import convoy.data.version.VersionFormatException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * Which updates to list. Each option that is given must hold, those of a target for one of them.
 */
final class UpdateFilter {
  @Option(
      names = "--software-version",
      paramLabel = "VERSION",
      description = "Those that start from this version of a module, or lead to it.")
  private @Nullable String version;

  @Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      description = "Those for ECUs that are reached so; any protocol counts.")
  private @Nullable String protocol;

  @Option(names = "--module", paramLabel = "MODULE", description = "Those that change it.")
  private @Nullable String module;

  @Option(names = "--category", paramLabel = "CATEGORY", description = "Those of this category.")
  private @Nullable UpdateCategory category;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Those for this vehicle model; all models count.")
  private @Nullable String model;

  @Option(names = "--all", description = "Withdrawn ones too.")
  private boolean isAll;

  /** The filter with names as definitions have them; refuses what no update could match. */
  UpdateFilter checked(ModuleCatalog modules) {
    UpdateFilter known = new UpdateFilter();
    known.version = version;
    known.category = category;
    known.model = model;
    known.isAll = isAll;
    if (protocol != null) {
      known.protocol =
          Protocol.find(protocol)
              .orElseThrow(() -> unknown("--protocol", protocol, "a protocol such as CAN_FD"))
              .name();
    }
    if (module != null) {
      known.module =
          modules
              .find(module)
              .orElseThrow(
                  () -> unknown("--module", module, "one of " + String.join(", ", modules.codes())))
              .code();
    }
    if (version != null && modules.codes().stream().noneMatch(c -> key(modules, c).isPresent())) {
      throw unknown("--software-version", version, "a version of one of the modules");
    }
    return known;
  }

  private static ConvoyException unknown(String option, @Nullable String found, String expected) {
    return new ConvoyException(
        ErrorCode.USAGE, "%s '%s': expected %s".formatted(option, found, expected));
  }

  boolean matches(UpdateView view, ModuleCatalog modules) {
    JsonNode content = view.content();
    return (isAll || view.update().withdrawnAt() == null)
        && (category == null || content.get("category").asString().equals(category.name()))
        && (model == null || allows(content.get("models"), model))
        && content.get("targets").valueStream().anyMatch(t -> matches(t, modules));
  }

  private boolean matches(JsonNode target, ModuleCatalog modules) {
    String code = target.get("module").asString();
    return (module == null || code.equals(module))
        && (protocol == null || allows(target.get("protocols"), protocol))
        && (version == null || key(modules, code).filter(key -> concerns(target, key)).isPresent());
  }

  private static boolean allows(JsonNode list, String item) {
    return list.isEmpty() || list.valueStream().anyMatch(i -> i.asString().equals(item));
  }

  private static boolean concerns(JsonNode target, String key) {
    return target.get("toKey").asString().equals(key)
        || target
            .get("ranges")
            .valueStream()
            .anyMatch(
                r ->
                    (r.get("low").isNull() || key.compareTo(r.get("low").asString()) >= 0)
                        && (r.get("high").isNull() || key.compareTo(r.get("high").asString()) < 0));
  }

  /** The version's key as that module writes versions; empty when it writes none so. */
  private Optional<String> key(ModuleCatalog modules, String code) {
    try {
      return Optional.of(modules.find(code).orElseThrow().scheme().key(String.valueOf(version)));
    } catch (VersionFormatException e) {
      // Asked of every module; only one needs to know such versions.
      return Optional.empty();
    }
  }
}
