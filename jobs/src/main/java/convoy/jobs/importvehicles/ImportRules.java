package convoy.jobs.importvehicles;

import convoy.config.ConvoySettings;
import convoy.config.ImportRule;
import convoy.data.campaign.Share;
import convoy.data.duckdb.ErrorShare;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.RuleSetting;
import convoy.data.vehicle.RuleTable;
import convoy.data.vehicle.Severity;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings' rules for exports as the domain knows them. */
public final class ImportRules {
  private ImportRules() {}

  /**
   * The rules for rows.
   *
   * @throws IllegalArgumentException when one is refused; the message begins with its path in the
   *     settings
   */
  public static RuleTable table(ConvoySettings.Import settings, ModuleCatalog modules) {
    Map<String, RuleSetting> rules = new LinkedHashMap<>();
    settings.rules().forEach((id, rule) -> rules.put(id, setting(rule)));
    return new RuleTable(rules, settings.checkDigitRegions(), modules);
  }

  /** Which share of rows in quarantine refuses a file. */
  static ErrorShare errorShare(ConvoySettings.Import settings) {
    return new ErrorShare(
        new Share(settings.maxErrorShare().basisPoints()), settings.errorShareFrom());
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
}
