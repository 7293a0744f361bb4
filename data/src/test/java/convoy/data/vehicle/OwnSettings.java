package convoy.data.vehicle;

import convoy.config.ConvoySettings;
import convoy.config.ImportRule;
import convoy.config.Located;
import convoy.data.version.VersionScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules as an installation writes them into its own settings, read as the program reads them. */
public record OwnSettings(Path folder) {
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
      return table(settings.value().imports());
    } catch (IllegalArgumentException e) {
      throw settings.refused(e);
    }
  }

  /** The rules of the default settings. */
  public static RuleTable defaults() {
    return table(ConvoySettings.defaults().imports());
  }

  private static RuleTable table(ConvoySettings.Import settings) {
    Map<String, RuleSetting> rules = new LinkedHashMap<>();
    settings.rules().forEach((id, rule) -> rules.put(id, setting(rule)));
    return new RuleTable(rules, settings.checkDigitRegions(), MODULES);
  }

  private static RuleSetting setting(ImportRule rule) {
    return new RuleSetting(
        Severity.valueOf(rule.severity().name()),
        rule.message(),
        rule.column(),
        rule.when(),
        rule.matches(),
        rule.oneOf(),
        rule.notEmpty(),
        rule.minLength(),
        rule.maxLength());
  }

  ExportRowCheck check(String rules) throws IOException {
    return new ExportRowCheck(MODULES, table(rules), NOW);
  }

  static ExportRow row(ExportKind kind, Map<ExportColumn, String> values) {
    return new ExportRow(kind, null, 7, "raw", values);
  }
}
