package convoy.readers.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportContent;
import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.version.VersionScheme;
import convoy.readers.export.ExportFile;
import convoy.readers.export.ExportFormats;
import convoy.readers.export.ExportReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;

class ExportProfilesTest {
  private static final ModuleCatalog MODULES =
      new ModuleCatalog(
          List.of(new ModuleCatalog.Module("GATEWAY", VersionScheme.SEMVER, List.of("CGW"))));

  @TempDir Path folder;

  private void profile(String file, String yaml) throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("profiles")).resolve(file), yaml);
  }

  private ExportProfiles profiles() {
    return ExportProfiles.read(folder.resolve("profiles"), MODULES);
  }

  private List<ExportRow> read(Path file) {
    ExportReader reader = new ExportReader(file, new ExportFormats(profiles(), 1_000_000), () -> 0);
    List<ExportRow> rows = new ArrayList<>();
    try {
      reader.open(new ExecutionContext());
      for (ExportRow row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    } finally {
      reader.close();
    }
    return rows;
  }

  @Test
  void aPlantsFileIsReadAsItsProfileSays() throws IOException {
    profile(
        "emden.yaml",
        """
        profile: emden
        files: ["emden-*.txt"]
        encoding: windows-1252
        delimiter: SEMICOLON
        content: FULL
        plant: EMD
        exported-at-from: "emden-{yyyyMMdd-HHmm}*.txt"
        zone: Europe/Berlin
        columns:
          Fahrgestell-Nr.: vin
          Steuergerät: module
          Typ: model
          Jahr: model_year
          Antrieb: powertrain
          Land: region
          Gebaut: manufactured_on
          Teil: hardware_part
          Stand: hardware_version
          Serie: serial
          Netz: protocol
          Model: not used
        dates: [dd/MM/yyyy, "d MMM yyyy"]
        units:
          sg-19: GATEWAY
        codes:
          powertrain: {D: DIESEL, "1": ELECTRIC}
          region: {Deutschland: DE}
          protocol: {K1: CAN}
        """);
    String text =
        """
        Fahrgestellnr;Steuergerät;Typ;Model;Jahr;Antrieb;Land;Gebaut;Teil;Stand;Serie;SW;Netz;VIN
        V1;SG-19;Käfer;x;2026;1;DEUTSCHLAND;31/01/2026;p;h;0;1.0;k1;other
        V2;Radio;Käfer;x;2026;Dampf;FR;3 Feb 2026;p;h;0;1.0;LIN;other
        V3;CGW;Käfer;x;2026;d;FR;2026-02-28;p;h;0;1.0;LIN;other
        """;
    Path file = folder.resolve("Emden-20260301-0630-late.txt");
    Files.write(file, text.getBytes(Charset.forName("windows-1252")));

    ExportFile found = ExportFile.probe(file, new ExportFormats(profiles(), 1_000_000));
    assertThat(found.profile()).isEqualTo("emden");
    assertThat(found.content()).isEqualTo(ExportContent.FULL);
    assertThat(found.plant()).isEqualTo("EMD");
    List<ExportRow> rows = read(file);
    Map<ExportColumn, String> first = new EnumMap<>(ExportColumn.class);
    first.put(ExportColumn.VIN, "V1");
    first.put(ExportColumn.MODULE, "GATEWAY");
    first.put(ExportColumn.MODEL, "Käfer");
    first.put(ExportColumn.MODEL_YEAR, "2026");
    first.put(ExportColumn.POWERTRAIN, "ELECTRIC");
    first.put(ExportColumn.REGION, "DE");
    first.put(ExportColumn.MANUFACTURED_ON, "2026-01-31");
    first.put(ExportColumn.HARDWARE_PART, "p");
    first.put(ExportColumn.HARDWARE_VERSION, "h");
    first.put(ExportColumn.SERIAL, "0");
    first.put(ExportColumn.SOFTWARE_VERSION, "1.0");
    first.put(ExportColumn.PROTOCOL, "CAN");
    first.put(ExportColumn.PLANT, "EMD");
    first.put(ExportColumn.EXPORTED_AT, "2026-03-01T05:30:00Z");
    assertThat(rows.get(0).values()).isEqualTo(first);
    assertThat(rows.get(0).raw()).isEqualTo(text.lines().toList().get(1));
    // What the profile does not know is passed on as it is.
    assertThat(rows.get(1).values())
        .containsEntry(ExportColumn.MODULE, "Radio")
        .containsEntry(ExportColumn.POWERTRAIN, "Dampf")
        .containsEntry(ExportColumn.REGION, "FR")
        .containsEntry(ExportColumn.MANUFACTURED_ON, "2026-02-03");
    assertThat(rows.get(2).values())
        .containsEntry(ExportColumn.POWERTRAIN, "DIESEL")
        .containsEntry(ExportColumn.MANUFACTURED_ON, "2026-02-28");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30.06.2026 08:15:00  | 2026-06-30T06:15:00Z",
        "30.06.2026           | 2026-06-29T22:00:00Z",
        "2026-06-30T08:15     | 2026-06-30T06:15:00Z",
        "2026-06-30 08:15:30  | 2026-06-30T06:15:30Z",
        "2026-06-30T08:15:00Z | 2026-06-30T08:15:00Z",
        "31.06.2026 08:15:00  | 31.06.2026 08:15:00",
        // The hour that comes twice: the earlier one, so that what is older does not win.
        "25.10.2026 02:30:00  | 2026-10-25T00:30:00Z",
      })
  void timesAreReadInTheProfilesZone(String written, String read) throws IOException {
    profile(
        "p.yaml",
        """
        profile: p
        files: ['*']
        zone: Europe/Berlin
        times: ['dd.MM.yyyy HH:mm:ss', dd.MM.yyyy]
        """);
    Path file = folder.resolve("v.csv");
    Files.writeString(
        file,
        "vin,model,model_year,powertrain,region,manufactured_on,exported_at\nV,m,y,p,r,d,"
            + written);
    assertThat(read(file).get(0).values()).containsEntry(ExportColumn.EXPORTED_AT, read);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "encodin: UTF-8 | 3 column 1: unknown key 'encodin', did you mean 'encoding'?",
        "encoding: latin-9000 | 3 column 11: encoding 'latin-9000': expected an encoding such as"
            + " UTF-8, UTF-16LE, windows-1252 or ISO-8859-1",
        "delimiter: ';' | 3 column 12: delimiter ';': expected one of COMMA, SEMICOLON, TAB, PIPE",
        "content: ALL | 3 column 10: content 'ALL': expected one of FULL, DELTA",
        "columns: {FIN: vim} | 3 column 16: FIN 'vim': no such column: did you mean vin?",
        "columns: {FIN: vin, f-i-n: vin} | 3 column 10: columns 'f-i-n': stands twice, written in"
            + " two ways: expected each header once",
        "dates: [MM/yyyy] | 3 column 9: dates 'MM/yyyy': expected a pattern of java.time that"
            + " names day, month and year, such as dd/MM/yyyy or dd.MM.yyyy HH:mm:ss",
        "times: [HH:mm:ss] | 3 column 9: times 'HH:mm:ss': expected a pattern of"
            + " java.time that names day, month and year, such as dd/MM/yyyy or dd.MM.yyyy"
            + " HH:mm:ss",
        "zone: Berlin | 3 column 7: zone 'Berlin': expected a time zone such as Europe/Berlin",
        "units: {SG: GATEWY} | 3 column 8: units 'SG': 'GATEWY' is no module of the settings, did"
            + " you mean GATEWAY?",
        "codes: {powertrain: {D: DISEL}} | 3 column 25: D 'DISEL': expected one of PETROL, DIESEL,"
            + " HYBRID, PLUG_IN_HYBRID, ELECTRIC, FUEL_CELL, GAS",
        "codes: {vin: {a: b}} | 3 column 9: unknown key 'vin': expected one of model, model_year,"
            + " powertrain, region, plant, hardware_part, hardware_version, software_version,"
            + " calibration, protocol",
        "codes: {model: {a: b, A: c}} | 3 column 8: codes 'A': stands twice for model, case aside:"
            + " expected each once",
        "exported-at: 2026-01-31T22:15:00Z | 3 column 14: exported-at '2026-01-31T22:15:00Z':"
            + " expected files without * and ?; exported-at-from is for files that come again",
        "exported-at-from: wob.csv | 3 column 19: exported-at-from 'wob.csv': expected a file name"
            + " with the pattern of its time in braces, such as wob-{yyyyMMdd-HHmm}*.csv",
      })
  void aBadProfileIsRefusedWithItsPlace(String yaml, String message) throws IOException {
    profile("p.yaml", "profile: p\nfiles: ['*.csv']\n" + yaml + "\n");
    assertThatThrownBy(this::profiles).hasMessage("p.yaml line " + message);
  }

  @Test
  void twoProfilesOfOneNameAreRefused() throws IOException {
    profile("a.yaml", "profile: p\nfiles: [a]\n");
    profile("b.yml", "profile: p\nfiles: [b]\n");
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(this::profiles)
        .withMessage(
            "profile 'p' stands twice, as p (a.yaml) and p (b.yml): expected a name of its own for"
                + " each");
  }

  @Test
  void aFileThatTwoProfilesClaimIsRefused() throws IOException {
    profile("a.yaml", "profile: a\nfiles: ['WOB-*']\n");
    profile("b.yaml", "profile: b\nfiles: ['*.csv']\n");
    Path file = Files.writeString(folder.resolve("wob-1.csv"), "vin,model");
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> read(file))
        .withMessage("wob-1.csv: claimed by the profiles a (a.yaml), b (b.yaml): expected one")
        .extracting(ConvoyException::code)
        .isEqualTo(ErrorCode.INPUT_REFUSED);
  }

  @Test
  void aNameWithoutTheTimeThatItsProfileExpectsIsRefused() throws IOException {
    profile("a.yaml", "profile: a\nfiles: ['*.csv']\nexported-at-from: 'wob-{yyyyMMdd}.csv'\n");
    Path file = Files.writeString(folder.resolve("wob-20260231.csv"), "vin,model");
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> read(file))
        .withMessage(
            "wob-20260231.csv: no export time in the file's name: expected a name such as"
                + " wob-{yyyyMMdd}.csv (profile a (a.yaml))");
  }

  @Test
  void aMarkThatContradictsTheProfileRefusesTheFile() throws IOException {
    profile("a.yaml", "profile: a\nfiles: ['*.csv']\nencoding: windows-1252\n");
    Path file = Files.writeString(folder.resolve("w.csv"), "\uFEFFvin,model");
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> read(file))
        .withMessage(
            "w.csv: starts with the byte order mark of UTF-8: expected text in windows-1252, as"
                + " its profile says");
  }
}
