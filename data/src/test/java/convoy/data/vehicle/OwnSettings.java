package convoy.data.vehicle;

import convoy.config.ConvoySettings;
import convoy.config.Located;
import convoy.data.version.VersionScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Rules as an installation writes them into its own settings, read as the program reads them. */
record OwnSettings(Path folder) {
  static final ModuleCatalog MODULES =
      new ModuleCatalog(
          List.of(
              new ModuleCatalog.Module("GATEWAY", VersionScheme.SEMVER, List.of("CGW")),
              new ModuleCatalog.Module("BRAKE", VersionScheme.DOTTED, List.of())));
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** The rules stand from line 3 on, indented by two. */
  RuleTable table(String rules) throws IOException {
    Path file = folder.resolve("convoy.yaml");
    Files.writeString(file, rules.isBlank() ? "" : "import:\n rules:\n" + rules.strip().indent(2));
    Located<ConvoySettings> settings = ConvoySettings.read(file);
    try {
      return new RuleTable(settings.value().imports(), MODULES);
    } catch (IllegalArgumentException e) {
      throw settings.refused(e);
    }
  }

  ExportRowCheck check(String rules) throws IOException {
    return new ExportRowCheck(MODULES, table(rules), NOW);
  }

  static ExportRow row(ExportKind kind, Map<ExportColumn, String> values) {
    return new ExportRow(kind, null, 7, "raw", values);
  }
}
