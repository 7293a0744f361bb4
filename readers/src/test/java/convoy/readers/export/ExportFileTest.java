package convoy.readers.export;

import static convoy.data.vehicle.ExportKind.ECUS;
import static convoy.data.vehicle.ExportKind.FLAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExportFileTest {
  private static final String WANTED =
      "a manufacturing export as CSV text, JSON Lines or an .xlsx workbook";
  private static final String HEADER =
      "a header line such as vin,module,… with a comma, semicolon, tab or pipe between columns";

  @TempDir Path folder;

  static Stream<Arguments> refusedTexts() {
    return Stream.of(
        Arguments.of("", "ecus.csv: empty (0 bytes): expected " + WANTED),
        Arguments.of(" \r\n\n\t\n", "ecus.csv: empty (blank lines only): expected " + HEADER),
        Arguments.of(",,,\n,,,\n", "ecus.csv: empty (blank lines only): expected " + HEADER),
        Arguments.of(
            "Export of plant 7\n1,2\n",
            "ecus.csv: no delimiter in its first line 'Export of plant 7': expected " + HEADER),
        Arguments.of(
            "\nname;colour\n",
            "ecus.csv line 2: the header names name, colour: expected a column vin, and model"
                + " (vehicles) or module (ECUs)"),
        Arguments.of(
            "vin,serial\n",
            "ecus.csv line 1: the header names vin, serial: expected a column vin, and model"
                + " (vehicles) or module (ECUs)"),
        Arguments.of(
            "vin,module,serial,HW,protocol,paint\n",
            "ecus.csv line 1: the header lacks hardware_part, software_version, exported_at (it"
                + " names vin, module, serial, HW, protocol, paint): expected for ECUS the columns"
                + " vin, module, serial, hardware_part, hardware_version, software_version,"
                + " protocol, exported_at"),
        Arguments.of(
            "vin,model,module,serial\n",
            "ecus.csv line 1: the header lacks model_year, powertrain, region, manufactured_on,"
                + " hardware_part, hardware_version, software_version, protocol, exported_at (it"
                + " names vin, model, module, serial): expected for FLAT the columns vin, model,"
                + " model_year, powertrain, region, manufactured_on, module, serial, hardware_part,"
                + " hardware_version, software_version, protocol, exported_at"),
        Arguments.of(
            Exports.ECUS + ",FIN\n",
            "ecus.csv line 1: column vin stands twice, as 'vin' and 'FIN': expected each column"
                + " once"),
        Arguments.of(
            "vin,\"module,serial\n",
            "ecus.csv line 1: a quote is opened and not closed: expected a quoted cell that ends"
                + " with a quote, with each quote inside it doubled"),
        Arguments.of(
            "vin\0,",
            "ecus.csv: not text (a zero byte stands near position 3): expected CSV text or JSON"
                + " Lines in UTF-8 or UTF-16, or an .xlsx workbook"));
  }

  @ParameterizedTest
  @MethodSource("refusedTexts")
  void aTextThatIsNoExportIsRefused(String text, String message) throws IOException {
    assertRefused(Exports.text(folder, text), message);
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertRefused(folder.resolve("x.csv"), "x.csv: no such file: expected " + WANTED);
  }

  @Test
  void aFolderIsRefused() throws IOException {
    Path sub = Files.createDirectory(folder.resolve("sub.csv"));
    assertRefused(sub, "sub.csv: a folder: expected " + WANTED);
  }

  @Test
  void anOldExcelFileIsRefusedByItsContent() throws IOException {
    byte[] ole2 = HexFormat.of().parseHex("d0cf11e0a1b11ae1".repeat(64));
    assertRefused(
        Exports.bytes(folder, "ecus.xlsx", ole2),
        "ecus.xlsx: an old Excel file (.xls), or a workbook with a password: expected an .xlsx"
            + " workbook without a password");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '!',
      value = {
        "vin,module,serial,hardware_part,hardware_version,software_version,protocol,exported_at"
            + "!UTF-8 text with commas",
        "FIN;ECU;Serial No;Part No;HW;SW-Version;Bus;Export Date!UTF-8 text with semicolons",
        "FIN|ECU|Serial No|Part No|HW|SW-Version|Bus|Export Date!UTF-8 text with pipes",
        "FIN;ECU;Serial;Part No;HW;SW;Bus;Exported;`Size (a,b,c,d,e,f,g,h,i)`"
            + "!UTF-8 text with semicolons",
      })
  void theDelimiterIsTheMostFrequentOutsideQuotes(String header, String format) throws IOException {
    ExportFile file = ExportFile.probe(Exports.text(folder, header.replace('`', '"') + "\n"));
    assertThat(file.format()).isEqualTo(format);
    assertThat(file.tables()).extracting(ExportTable::kind).containsExactly(ECUS);
  }

  static Stream<Arguments> encodings() {
    return Stream.of(
        Arguments.of("", "UTF-8", "UTF-8 text with tabs"),
        Arguments.of("EFBBBF", "UTF-8", "UTF-8 text with tabs"),
        Arguments.of("FEFF", "UTF-16BE", "UTF-16BE text with tabs"),
        Arguments.of("FFFE", "UTF-16LE", "UTF-16LE text with tabs"));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void theEncodingIsThatOfTheByteOrderMark(String mark, String charset, String format)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(HexFormat.of().parseHex(mark));
    String text = Exports.VEHICLES.replace(',', '\t') + "\nV\tÜ-Van\t2026\tEV\tDE\td\te\n";
    bytes.writeBytes(text.getBytes(charset));
    Path path = Exports.bytes(folder, "v.txt", bytes.toByteArray());
    assertThat(ExportFile.probe(path).format()).isEqualTo(format);
    assertThat(Exports.read(path))
        .extracting(row -> row.values().get(ExportColumn.MODEL))
        .containsExactly("Ü-Van");
  }

  @ParameterizedTest
  @CsvSource({
    "'vin,model,model_year,powertrain,region,manufactured_on,exported_at', VEHICLES",
    "'vin,module,serial,hardware_part,hardware_version,software_version,protocol,exported_at',"
        + " ECUS",
  })
  void theKindFollowsFromTheColumns(String header, ExportKind kind) throws IOException {
    assertThat(ExportFile.probe(Exports.text(folder, header + "\n")).tables())
        .extracting(ExportTable::kind)
        .containsExactly(kind);
  }

  @Test
  void aTableWithModelAndModuleIsFlat() throws IOException {
    String header = Exports.VEHICLES + Exports.ECUS.replace("vin", "").replace(",exported_at", "");
    assertThat(ExportFile.probe(Exports.text(folder, header)).tables())
        .extracting(ExportTable::kind)
        .containsExactly(FLAT);
  }

  private static void assertRefused(Path file, String message) {
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> ExportFile.probe(file))
        .withMessage(message)
        .extracting(ConvoyException::code)
        .isEqualTo(ErrorCode.INPUT_REFUSED);
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> Exports.read(file))
        .withMessage(message);
  }

  @Test
  void aTextFileNamedXlsxIsReadAsTheTextItIs() throws IOException {
    byte[] text = (Exports.ECUS + "\n").getBytes(StandardCharsets.UTF_8);
    assertThat(ExportFile.probe(Exports.bytes(folder, "ecus.xlsx", text)).format())
        .isEqualTo("UTF-8 text with commas");
  }
}
