package convoy.jobs.importvehicles;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.config.ConvoySettings;
import convoy.data.vehicle.CheckedRow;
import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportKind;
import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.ExportRowCheck;
import convoy.data.vehicle.Finding;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.RuleTable;
import convoy.data.version.VersionScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an installation writes into its settings is what rows are checked by. */
class ImportRulesTest {
  private static final ModuleCatalog MODULES =
      new ModuleCatalog(
          List.of(
              new ModuleCatalog.Module("ABS", VersionScheme.SEMVER, List.of("ESP")),
              new ModuleCatalog.Module("BCM", VersionScheme.SEMVER, List.of())));

  @TempDir Path folder;

  @Test
  void everyKeyOfARuleCounts() throws IOException {
    ConvoySettings.Import settings =
        settings(
            """
            import:
              check-digit-regions: [W]
              rules:
                VIN_CHECK_DIGIT: {severity: WARN, message: "the digit {digit}"}
                SHAPE: {severity: WARN, column: serial, matches: "SN-.*", message: shape}
                LISTED: {severity: WARN, column: serial, one-of: [SN-1], message: listed}
                SHORT: {severity: WARN, column: serial, min-length: 3, message: short}
                LONG: {severity: WARN, column: serial, max-length: 1, message: long}
                THERE: {severity: WARN, column: calibration, not-empty: true, message: there}
                OTHER: {severity: WARN, column: serial, when: {module: [BCM]}, max-length: 1, message: other}
                QUIET: {severity: OFF, column: serial, max-length: 1, message: quiet}
            """);
    RuleTable table = ImportRules.table(settings, MODULES);
    CheckedRow checked =
        new ExportRowCheck(MODULES, table, Instant.parse("2026-11-21T01:30:00Z")).check(row());
    assertThat(checked.rejections()).isEmpty();
    assertThat(checked.ecu()).isNotNull();
    assertThat(checked.warnings())
        .extracting(Finding::rule, Finding::found, Finding::expected)
        .extracting(Object::toString)
        .containsExactly(
            "(\"VIN_CHECK_DIGIT\", \"WVWKP2BR4RW000001\", \"the digit 3\")",
            "(\"SHAPE\", \"S1\", \"shape\")",
            "(\"LISTED\", \"S1\", \"listed\")",
            "(\"SHORT\", \"S1\", \"short\")",
            "(\"LONG\", \"S1\", \"long\")",
            "(\"THERE\", \"\", \"there\")");
  }

  @Test
  void theLimitForErrorsIsThatOfTheSettings() throws IOException {
    var share =
        ImportRules.errorShare(settings("import: {max-error-share: 12.5%, error-share-from: 8}"));
    assertThat(share.exceeded(8, 1)).isEmpty();
    assertThat(share.exceeded(7, 2)).isEmpty();
    assertThat(share.exceeded(8, 2))
        .hasValue(
            "2 of 8 rows (25%) break a rule: expected at most 12.5% (import.max-error-share)");
  }

  private ConvoySettings.Import settings(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("convoy.yaml"), text);
    return ConvoySettings.load(file).imports();
  }

  private static ExportRow row() {
    return new ExportRow(
        ExportKind.ECUS,
        null,
        2,
        "raw",
        Map.of(
            ExportColumn.VIN, "WVWKP2BR4RW000001",
            ExportColumn.MODULE, "esp",
            ExportColumn.SERIAL, "S1",
            ExportColumn.HARDWARE_PART, "5Q0-1",
            ExportColumn.HARDWARE_VERSION, "H08",
            ExportColumn.SOFTWARE_VERSION, "1.0.0",
            ExportColumn.PROTOCOL, "CAN",
            ExportColumn.EXPORTED_AT, "2026-11-20T22:00:00Z"));
  }
}
