package convoy.data.vehicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.config.YamlException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules as an installation's settings change and extend them. */
class RuleTableTest {
  @TempDir Path folder;

  @Test
  void everyBuiltInRuleIsInTheDefaultSettingsAndNoOther() throws IOException {
    RuleTable table = table("");
    for (RowRule rule : RowRule.values()) {
      assertThat(table.severities()).containsKey(rule.name());
    }
    assertThat(table.severities()).hasSize(RowRule.values().length);
    assertThat(table.severity(RowRule.SERIAL_TWICE)).isEqualTo(Severity.WARN);
  }

  @Test
  void aBuiltInRuleCanBeSoftenedSwitchedOffAndWordedAnew() throws IOException {
    String rules =
        """
        VIN_CHECK_DIGIT: {severity: WARN, message: "ask the plant; {digit} is right"}
        DATE_FUTURE: {severity: "OFF"}
        MODEL_YEAR_RANGE: {severity: WARN}
        VIN_SHAPE: {message: a VIN}
        """;
    Map<ExportColumn, String> row = SoundRow.values();
    row.put(ExportColumn.VIN, "1M8GDM9A1KP042788");
    row.put(ExportColumn.MANUFACTURED_ON, "2206-05-11");
    row.put(ExportColumn.MODEL_YEAR, "2206");
    CheckedRow checked = check(rules, row);
    assertThat(checked.rejections()).isEmpty();
    assertThat(checked.warnings())
        .containsExactly(
            new Finding("VIN_CHECK_DIGIT", "vin", "1M8GDM9A1KP042788", "ask the plant; X is right"),
            new Finding("MODEL_YEAR_RANGE", "model_year", "2206", "a year from 1980 to 2027"));
    assertThat(checked.vehicle())
        .extracting(VehicleFacts::vin, VehicleFacts::modelYear, v -> v.manufacturedOn().getYear())
        .containsExactly("1M8GDM9A1KP042788", 2206, 2206);
    row.put(ExportColumn.VIN, "1M8");
    assertThat(check(rules, row).rejections())
        .containsExactly(new Finding("VIN_SHAPE", "vin", "1M8", "a VIN"));
  }

  @Test
  void aRuleWithoutWhichARowHasNoFactsCanOnlyBeAnError() throws IOException {
    StringBuilder free = new StringBuilder();
    for (RowRule rule : RowRule.values()) {
      if (rule.freedom() != RowRule.Freedom.ALWAYS_ERROR) {
        free.append("%s: {severity: %s}\n".formatted(rule, "OFF"));
      } else {
        assertThatThrownBy(() -> RuleChecks.builtIn(rule, softened(rule)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "import.rules.%s.severity 'WARN': expected ERROR: what breaks this rule cannot be"
                        .formatted(rule)
                    + " used");
      }
    }
    assertThat(table(free.toString()).severities())
        .containsEntry("VIN_CHECK_DIGIT", Severity.OFF)
        .containsEntry("ENGINE_NUMBER_TWICE", Severity.OFF)
        .containsEntry("DATE", Severity.ERROR);
  }

  private static RuleSetting softened(RowRule rule) {
    return new RuleSetting(Severity.WARN, rule.name(), null, null, null, null, null, null, null);
  }

  @Test
  void aWarningBesideAnErrorIsListedToo() throws IOException {
    Map<ExportColumn, String> row = SoundRow.values();
    row.put(ExportColumn.REGION, "UK");
    row.put(ExportColumn.SERIAL, "");
    CheckedRow checked = check("", row);
    assertThat(checked.rejections()).extracting(Finding::rule).containsExactly("MISSING_VALUE");
    assertThat(checked.warnings()).extracting(Finding::rule).containsExactly("REGION_UNKNOWN");
    assertThat(checked.vehicle()).isNull();
  }

  @Test
  void whatAReaderFoundIsSaidInTheTablesWords() throws IOException {
    String rules =
        """
        QUOTES: {message: quotes as in RFC 4180}
        COLUMN_COUNT: {message: "{columns}, as in the header"}
        """;
    assertThat(problem(rules, new Finding("QUOTES", "", "a quote is opened", "any")))
        .isEqualTo(new Finding("QUOTES", "", "a quote is opened", "quotes as in RFC 4180"));
    assertThat(problem(rules, new Finding("COLUMN_COUNT", "", "8 columns", "9 columns")))
        .isEqualTo(new Finding("COLUMN_COUNT", "", "8 columns", "9 columns, as in the header"));
    assertThat(problem("", new Finding("COLUMN_COUNT", "", "8 columns", "9 columns")))
        .isEqualTo(new Finding("COLUMN_COUNT", "", "8 columns", "9 columns"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "DATE: {severity: WARN} | 4 column 20: import.rules.DATE.severity 'WARN': expected ERROR: what breaks this rule cannot be used",
        "DATE: {not-empty: true} | 4 column 3: import.rules.DATE: a built-in rule, with a column or check: expected another id for a"
            + " rule of your own; of this one severity and message can be changed",
        "DATE: {message: 'not {last}'} | 4 column 19: import.rules.DATE.message '{last}': expected no braces in this message",
        "VIN_CHECK_DIGIT: {message: '{didgit}'} | 4 column 30: import.rules.VIN_CHECK_DIGIT.message '{didgit}': expected {digit}, {vin}",
        "mine: {severity: WARN, column: serial, not-empty: true, message: x} | 4 column 3: import.rules.mine: expected an id of capitals, digits and '_' such as SERIAL_SHAPE",
        "MINE: {severity: WARN, not-empty: true, message: x} | 4 column 3: import.rules.MINE: has no column: expected column, what it checks, and message",
        "MINE: {severity: WARN, column: serial, not-empty: true} | 4 column 3: import.rules.MINE: has no message: expected column, what it checks, and message",
        "MINE: {severity: OFF, column: modul, not-empty: true, message: x} | 4 column 33: import.rules.MINE.column 'modul': expected one of vin, model, model_year, powertrain, region, engine_number, chassis_number,"
            + " manufactured_on, plant, module, serial, hardware_part, hardware_version, software_version, calibration, protocol, rxswin, certificate, exported_at",
        "MINE: {severity: WARN, column: serial, not-empty: true, message: x, when: {module: [GATEWAY, TURBO]}} | 4 column 86: import.rules.MINE.when.module 'TURBO': expected a module that is known, such as GATEWAY",
        "MINE: {severity: WARN, column: protocol, one-of: [CAN, RS-232], message: x} | 4 column 52: import.rules.MINE.one-of 'RS-232': expected a protocol that is known, such as CAN_FD",
      })
  void aRuleThatIsNotAsItMustBeIsRefusedWithItsPlace(String rule, String message) {
    assertThatThrownBy(() -> table("# a comment\n" + rule))
        .isInstanceOf(YamlException.class)
        .hasMessage("convoy.yaml line " + message);
  }

  @Test
  void anIdThatIsNeitherBuiltInNorHasACheckIsRefusedWithTheBuiltInOnes() {
    assertThatThrownBy(() -> table("VIN_CHEK: {severity: WARN}"))
        .isInstanceOf(YamlException.class)
        .hasMessageStartingWith(
            "convoy.yaml line 3 column 3: import.rules.VIN_CHEK: neither a built-in rule nor one"
                + " with a check: expected CERTIFICATE, CERTIFICATE_KEY, CHASSIS_NUMBER_TWICE, ")
        .hasMessageEndingWith(
            ", VIN_SHAPE, or one or more of matches, one-of, not-empty, min-length and max-length");
  }

  private RuleTable table(String rules) throws IOException {
    return new OwnSettings(folder).table(rules);
  }

  private CheckedRow check(String rules, Map<ExportColumn, String> values) throws IOException {
    return new OwnSettings(folder).check(rules).check(OwnSettings.row(ExportKind.FLAT, values));
  }

  private Finding problem(String rules, Finding problem) throws IOException {
    ExportRow row = new ExportRow(ExportKind.ECUS, null, 7, "raw", Map.of(), problem);
    return new OwnSettings(folder).check(rules).check(row).rejections().get(0);
  }
}
