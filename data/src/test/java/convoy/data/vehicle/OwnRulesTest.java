package convoy.data.vehicle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that an installation adds: what they find, and in which rows. */
class OwnRulesTest {
  private static final String SERIAL =
      """
      SERIAL_SHAPE:
        severity: ERROR
        column: serial
        when: {module: [cgw], protocol: [CAN FD, DoIP]}
        matches: "SN-[0-9]{4,}"
        message: a serial such as SN-0042
      """;

  @TempDir Path folder;

  @Test
  void whatBreaksAnErrorIsRejectedAndWhatBreaksAWarningKept() throws IOException {
    Finding found = new Finding("SERIAL_SHAPE", "serial", "SN1", "a serial such as SN-0042");
    CheckedRow rejected = check(SERIAL, ExportKind.FLAT, SoundRow.values());
    assertThat(rejected.rejections()).containsExactly(found);
    assertThat(rejected.warnings()).isEmpty();
    assertThat(rejected.ecu()).isNull();

    String softer = SERIAL.replace("ERROR", "WARN");
    CheckedRow kept = check(softer, ExportKind.FLAT, SoundRow.values());
    assertThat(kept.rejections()).isEmpty();
    assertThat(kept.warnings()).containsExactly(found);
    assertThat(kept.ecu()).extracting(EcuFacts::serial).isEqualTo("SN1");

    String off = SERIAL.replace("ERROR", "OFF");
    assertThat(check(off, ExportKind.FLAT, SoundRow.values()).warnings()).isEmpty();
  }

  @Test
  void aRuleLooksOnlyAtRowsThatMeetItsConditions() throws IOException {
    Map<ExportColumn, String> row = SoundRow.values();
    row.put(ExportColumn.MODULE, "Cgw");
    row.put(ExportColumn.PROTOCOL, "Automotive Ethernet");
    assertThat(rules(check(SERIAL, ExportKind.ECUS, row))).containsExactly("SERIAL_SHAPE");
    row.put(ExportColumn.PROTOCOL, "LIN");
    assertThat(rules(check(SERIAL, ExportKind.ECUS, row))).isEmpty();
    row.put(ExportColumn.PROTOCOL, "CAN FD");
    row.put(ExportColumn.MODULE, "BRAKE");
    row.put(ExportColumn.SOFTWARE_VERSION, "05.12");
    assertThat(rules(check(SERIAL, ExportKind.ECUS, row))).isEmpty();
    row.put(ExportColumn.MODULE, "TURBO");
    assertThat(rules(check(SERIAL, ExportKind.ECUS, row))).containsExactly("MODULE_UNKNOWN");
  }

  @Test
  void aRuleLooksOnlyAtTablesThatHaveItsColumns() throws IOException {
    String rules =
        "ENGINE_NEEDED: {severity: ERROR, column: engine_number, not-empty: true, message: one}";
    assertThat(rules(check(rules, ExportKind.ECUS, SoundRow.values()))).isEmpty();
    assertThat(rules(check(rules, ExportKind.VEHICLES, SoundRow.values())))
        .containsExactly("ENGINE_NEEDED");
    Map<ExportColumn, String> withoutColumn = SoundRow.values();
    withoutColumn.remove(ExportColumn.ENGINE_NUMBER);
    assertThat(rules(check(rules, ExportKind.FLAT, withoutColumn)))
        .containsExactly("ENGINE_NEEDED");
    assertThat(rules(check(SERIAL, ExportKind.VEHICLES, SoundRow.values()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one-of: [CAL-1, CAL-2]        | CAL-2 | CAL-3",
        "matches: 'CAL-[0-9]'          | CAL-1 | CAL-12",
        "min-length: 3                 | abc   | ab",
        "max-length: 3                 | abc   | abcd",
        "not-empty: true               | x     | ''",
        "'min-length: 2, matches: a*'  | aa    | a",
        "'min-length: 2, matches: a*'  | aaa   | ab",
        "'max-length: 2, one-of: [a]'  | ''    | bb",
      })
  void eachCheckAllowsAndRefuses(String check, String good, String bad) throws IOException {
    String rules = "MINE: {severity: WARN, column: calibration, message: m, %s}".formatted(check);
    Map<ExportColumn, String> row = SoundRow.values();
    row.put(ExportColumn.CALIBRATION, " " + good + " ");
    assertThat(check(rules, ExportKind.ECUS, row).warnings()).isEmpty();
    row.put(ExportColumn.CALIBRATION, bad);
    assertThat(check(rules, ExportKind.ECUS, row).warnings())
        .containsExactly(new Finding("MINE", "calibration", bad, "m"));
  }

  @Test
  void aValueThatCannotBeUsedIsPassedOver() throws IOException {
    Map<ExportColumn, String> row = SoundRow.values();
    row.put(ExportColumn.SERIAL, "SN\u0007");
    assertThat(rules(check(SERIAL, ExportKind.ECUS, row))).containsExactly("CONTROL_CHARACTER");
  }

  @Test
  void aHugeValueIsRefusedRatherThanMatched() throws IOException {
    String rules = "MINE: {severity: WARN, column: calibration, message: m, matches: '(a|b)*'}";
    Map<ExportColumn, String> row = SoundRow.values();
    row.put(ExportColumn.CALIBRATION, "ab".repeat(500));
    assertThat(check(rules, ExportKind.ECUS, row).warnings()).isEmpty();
    row.put(ExportColumn.CALIBRATION, "ab".repeat(1_000_000));
    assertThat(check(rules, ExportKind.ECUS, row).warnings()).hasSize(1);
  }

  private CheckedRow check(String rules, ExportKind kind, Map<ExportColumn, String> values)
      throws IOException {
    return new OwnSettings(folder).check(rules).check(OwnSettings.row(kind, values));
  }

  private static List<String> rules(CheckedRow checked) {
    return checked.rejections().stream().map(Finding::rule).toList();
  }
}
