package convoy.data.vehicle;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.version.VersionScheme;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportRowCheckTest {
  private static final String VIN = SoundRow.VIN;
  private static final ModuleCatalog MODULES =
      new ModuleCatalog(
          List.of(
              new ModuleCatalog.Module("GATEWAY", VersionScheme.SEMVER, List.of("CGW")),
              new ModuleCatalog.Module("BRAKE", VersionScheme.DOTTED, List.of())));
  private static final ExportRowCheck CHECK =
      new ExportRowCheck(MODULES, OwnSettings.defaults(), Instant.parse("2026-03-01T12:00:00Z"));

  @Test
  void aFlatRowBecomesAVehicleAndAnEcu() {
    CheckedRow checked = CHECK.check(row(ExportKind.FLAT, sound()));
    assertThat(checked)
        .isEqualTo(
            new CheckedRow(
                ExportKind.FLAT,
                null,
                7,
                "raw",
                new VehicleFacts(
                    VIN,
                    "E-Van",
                    2026,
                    Powertrain.ELECTRIC,
                    "DE",
                    null,
                    "CH1",
                    LocalDate.of(2026, 1, 31),
                    null),
                new EcuFacts(
                    VIN,
                    "GATEWAY",
                    "SN1",
                    "HW-100",
                    "H1",
                    "2.1.0",
                    "a2a1a0~",
                    null,
                    Protocol.CAN_FD,
                    null,
                    null),
                Instant.parse("2026-02-01T00:00:00Z"),
                List.of(),
                List.of()));
  }

  @Test
  void aVehicleRowHasNoEcuAndAnEcuRowNoVehicle() {
    CheckedRow vehicle = CHECK.check(row(ExportKind.VEHICLES, sound()));
    CheckedRow ecu = CHECK.check(row(ExportKind.ECUS, sound()));
    assertThat(vehicle.vehicle()).isNotNull();
    assertThat(vehicle.ecu()).isNull();
    assertThat(ecu.vehicle()).isNull();
    assertThat(ecu.ecu()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "vin|1M8GDM9AXKP04278|VIN_SHAPE|17 digits and letters without I, O and Q, such as"
            + " 1M8GDM9AXKP042788 (here: 16 characters)",
        "vin|1M8GDM9AXKPO42788|VIN_SHAPE|17 digits and letters without I, O and Q, such as"
            + " 1M8GDM9AXKP042788 (here: 'O' in position 12)",
        "vin|IM8-|VIN_SHAPE|17 digits and letters without I, O and Q, such as"
            + " 1M8GDM9AXKP042788 (here: 4 characters, 'I' in position 1)",
        "vin|1M8GDM9A1KP042788|VIN_CHECK_DIGIT|'X' in position 9, as in 1M8GDM9AXKP042788"
            + " (49 CFR 565.15(c))",
        "model_year|1979|MODEL_YEAR_RANGE|a year from 1980 to 2027",
        "model_year|2028|MODEL_YEAR_RANGE|a year from 1980 to 2027",
        "model_year|26|MODEL_YEAR|a year from 1980 to 2027",
        "powertrain|steam|POWERTRAIN|one of PETROL, DIESEL, HYBRID, PLUG_IN_HYBRID, ELECTRIC,"
            + " FUEL_CELL, GAS",
        "region|DEU|REGION|two letters, such as DE",
        "region|D1|REGION|two letters, such as DE",
        "manufactured_on|2026-02-30|DATE|a date such as 2026-01-31 or 31.01.2026",
        "manufactured_on|01/31/2026|DATE|a date such as 2026-01-31 or 31.01.2026",
        "manufactured_on|2026-03-03|DATE_FUTURE|a date not after 2026-03-02",
        "exported_at|2026-02-01|EXPORTED_AT|a date and time such as 2026-01-31T22:15:00Z or"
            + " 2026-01-31T23:15:00+01:00",
        "exported_at|2026-03-02T12:00:01Z|EXPORTED_AT_FUTURE|a time not after 2026-03-02T12:00:00Z",
        "module|TURBO|MODULE_UNKNOWN|a module of the catalogue: BRAKE, GATEWAY",
        "protocol|RS-232|PROTOCOL|one of CAN, CAN_FD, LIN, FLEXRAY, MOST, ETHERNET",
        "software_version|v2..1|SOFTWARE_VERSION|a version such as 2.1.0",
        "rxswin|R156*1|RXSWIN|at most 50 letters, digits, spaces and . - _ /, such as R156-00-01",
        "certificate|TUlJ|CERTIFICATE|one X.509 certificate, as PEM or as its DER in Base64 (here:"
            + " Base64 of something else)",
        "serial|SN\u00071|CONTROL_CHARACTER|text without line breaks and other control characters",
        "calibration|x\uDCE9|ENCODING|text in UTF-8 or UTF-16, or in the encoding that a"
            + " profile names",
      })
  void aBadValueIsRejectedWithWhatWasExpected(
      String header, String found, String rule, String expected) {
    Map<ExportColumn, String> values = sound();
    values.put(ExportColumn.find(header).orElseThrow(), found);
    CheckedRow checked = CHECK.check(row(ExportKind.FLAT, values));
    assertThat(checked.rejections())
        .containsExactly(new Finding(rule, header, found.replace("\uDCE9", "\\xE9"), expected));
    assertThat(checked.vehicle()).isNull();
    assertThat(checked.ecu()).isNull();
    assertThat(checked.observedAt()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = ExportColumn.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ENGINE_NUMBER", "CHASSIS_NUMBER", "PLANT", "CALIBRATION", "RXSWIN", "CERTIFICATE"})
  void aRequiredValueThatIsBlankIsMissing(ExportColumn column) {
    Map<ExportColumn, String> values = sound();
    values.put(column, " \t");
    assertThat(CHECK.check(row(ExportKind.FLAT, values)).rejections())
        .containsExactly(
            new Finding(
                "MISSING_VALUE", column.header(), "", "a value such as " + column.example()));
  }

  @Test
  void allRejectionsOfARowAreListedNotOnlyTheFirst() {
    Map<ExportColumn, String> values = sound();
    values.put(ExportColumn.VIN, "short");
    values.put(ExportColumn.REGION, "Germany");
    values.put(ExportColumn.PROTOCOL, "");
    values.put(ExportColumn.EXPORTED_AT, "yesterday");
    assertThat(CHECK.check(row(ExportKind.FLAT, values)).rejections())
        .extracting(Finding::rule)
        .containsExactly("VIN_SHAPE", "REGION", "MISSING_VALUE", "EXPORTED_AT");
  }

  @Test
  void aRowThatCouldNotBeLaidOutHasThatOneRejection() {
    Finding problem = new Finding("COLUMN_COUNT", "", "7 columns", "9 columns");
    ExportRow row = new ExportRow(ExportKind.ECUS, "ECUs", 3, "a,b", Map.of(), problem);
    assertThat(CHECK.check(row))
        .isEqualTo(
            new CheckedRow(
                ExportKind.ECUS, "ECUs", 3, "a,b", null, null, null, List.of(problem), List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-01T00:00:00Z, 2026-02-01T00:00:00Z",
    "2026-02-01T00:00:00, 2026-02-01T00:00:00Z",
    "2026-02-01 00:00, 2026-02-01T00:00:00Z",
    "2026-02-01T01:30:00.250+01:00, 2026-02-01T00:30:00.250Z",
    "2026-02-01T01:30:00+0100, 2026-02-01T00:30:00Z",
    "2026-02-01T01:30:00-03, 2026-02-01T04:30:00Z",
    "2026-02-01T01:30:00+01:00[Europe/Berlin], 2026-02-01T00:30:00Z",
    "2026-03-02T12:00:00Z, 2026-03-02T12:00:00Z",
  })
  void anExportTimeIsReadAsAnInstant(String written, String instant) {
    Map<ExportColumn, String> values = sound();
    values.put(ExportColumn.EXPORTED_AT, written);
    assertThat(CHECK.check(row(ExportKind.FLAT, values)).observedAt()).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-31", "31.01.2026", "2026-01-31T00:00:00"})
  void aDayOfManufactureIsReadAsADate(String written) {
    Map<ExportColumn, String> values = sound();
    values.put(ExportColumn.MANUFACTURED_ON, written);
    assertThat(CHECK.check(row(ExportKind.VEHICLES, values)).vehicle())
        .extracting(VehicleFacts::manufacturedOn)
        .isEqualTo(LocalDate.of(2026, 1, 31));
  }

  @ParameterizedTest
  @CsvSource({
    "gasoline, PETROL",
    "BEV, ELECTRIC",
    "Plug-in Hybrid, PLUG_IN_HYBRID",
    "phev, PLUG_IN_HYBRID",
    "fuel cell, FUEL_CELL",
    "CNG, GAS",
  })
  void aPowertrainIsKnownByItsCommonNames(String written, Powertrain meant) {
    assertThat(Powertrain.find(written)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({
    "CAN FD, CAN_FD",
    "canfd, CAN_FD",
    "DoIP, ETHERNET",
    "Automotive Ethernet, ETHERNET",
    "100BASE-T1, ETHERNET",
    "FlexRay, FLEXRAY",
  })
  void aProtocolIsKnownByItsCommonNames(String written, Protocol meant) {
    assertThat(Protocol.find(written)).contains(meant);
  }

  @Test
  void valuesAreTrimmedAndCodesWrittenTheOneWay() {
    Map<ExportColumn, String> values = sound();
    values.put(ExportColumn.VIN, " 1m8gdm9axkp042788 ");
    values.put(ExportColumn.REGION, "de");
    values.put(ExportColumn.MODULE, "cgw");
    CheckedRow checked = CHECK.check(row(ExportKind.FLAT, values));
    assertThat(checked.vehicle())
        .extracting(VehicleFacts::vin, VehicleFacts::region)
        .containsExactly(VIN, "DE");
    assertThat(checked.ecu()).extracting(EcuFacts::module).isEqualTo("GATEWAY");
  }

  @Test
  void aRegionThatNoCountryHasIsWarnedOfAndKept() {
    Map<ExportColumn, String> values = sound();
    values.put(ExportColumn.REGION, "uk");
    CheckedRow checked = CHECK.check(row(ExportKind.FLAT, values));
    assertThat(checked.rejections()).isEmpty();
    assertThat(checked.warnings())
        .containsExactly(
            new Finding(
                "REGION_UNKNOWN", "region", "uk", "a country code of ISO 3166-1, such as DE"));
    assertThat(checked.vehicle()).extracting(VehicleFacts::region).isEqualTo("UK");
    assertThat(checked.ecu()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1M8GDM9A1KP042788, true",
    "3VWKP2BR0RW000001, true",
    "LSVKP2BR0RW000001, true",
    "WVWKP2BR0RW000001, false",
    "WVWZZZ1KZRW000001, false",
    "JTDKP2BR0RW000001, false",
    "9BWKP2BR0RW000001, false",
  })
  void theCheckDigitIsLookedAtWhereTheWorldRegionHasOne(String vin, boolean looked) {
    Map<ExportColumn, String> values = sound();
    values.put(ExportColumn.VIN, vin);
    assertThat(CHECK.check(row(ExportKind.VEHICLES, values)).rejections())
        .extracting(Finding::rule)
        .isEqualTo(looked ? List.of("VIN_CHECK_DIGIT") : List.of());
  }

  @Test
  void whatWasReadOnceIsReadTheSameAgain() {
    for (int i = 0; i < 10_000; i++) {
      Map<ExportColumn, String> values = sound();
      values.put(ExportColumn.SOFTWARE_VERSION, i + ".0.1");
      values.put(ExportColumn.MODULE, i % 2 == 0 ? "cgw" : "BRAKE");
      CheckedRow first = CHECK.check(row(ExportKind.ECUS, values));
      assertThat(first.ecu())
          .extracting(EcuFacts::softwareKey)
          .asString()
          .endsWith(i % 2 == 0 ? "a0a1~" : "a0a1");
      assertThat(CHECK.check(row(ExportKind.ECUS, values))).isEqualTo(first);
    }
  }

  @Test
  void aVeryLongValueIsCutInTheMessage() {
    Map<ExportColumn, String> values = sound();
    values.put(ExportColumn.REGION, "x".repeat(5000));
    assertThat(CHECK.check(row(ExportKind.VEHICLES, values)).rejections())
        .extracting(Finding::found)
        .containsExactly("x".repeat(200) + "…");
  }

  @Test
  void whateverAValueHoldsTheRowIsEitherWholeOrRejected() {
    Random random = new Random(42);
    ExportColumn[] columns = ExportColumn.values();
    String alphabet = "0129aIOQZz.-:+T /[]é\uDCE9\n\"\uD83D\uDE97";
    for (int i = 0; i < 20_000; i++) {
      Map<ExportColumn, String> values = sound();
      for (int changes = random.nextInt(3); changes > 0; changes--) {
        ExportColumn column = columns[random.nextInt(columns.length)];
        StringBuilder value = new StringBuilder(values.get(column));
        for (int edits = random.nextInt(4); edits > 0; edits--) {
          int at = random.nextInt(value.length() + 1);
          value.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
        }
        values.put(column, value.toString());
      }
      CheckedRow checked = CHECK.check(row(ExportKind.FLAT, values));
      boolean whole =
          checked.vehicle() != null && checked.ecu() != null && checked.observedAt() != null;
      boolean none =
          checked.vehicle() == null && checked.ecu() == null && checked.observedAt() == null;
      assertThat(checked.rejections().isEmpty() ? whole : none).as("%s", values).isTrue();
    }
  }

  private static ExportRow row(ExportKind kind, Map<ExportColumn, String> values) {
    return new ExportRow(kind, null, 7, "raw", values);
  }

  private static Map<ExportColumn, String> sound() {
    return SoundRow.values();
  }
}
