package convoy.readers.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.data.error.ConvoyException;
import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonExportTest {
  private static final String REST =
      "'module':'GW','serial':'s','hardware_part':'p','hardware_version':1.50,"
          + "'software_version':2.10,'protocol':'CAN','exported_at':'t','paint':true}\n";
  private static final String GOOD = "{'VIN':'V1'," + REST;

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Exports.text(folder, text.replace('\'', '"'));
  }

  @Test
  void numbersStayAsTheyWereWrittenAndTheRawTextIsTheLine() throws IOException {
    ExportRow row = Exports.read(file("\n" + GOOD)).get(0);
    assertThat(row.line()).isEqualTo(2);
    assertThat(row.raw()).isEqualTo(GOOD.strip().replace('\'', '"'));
    assertThat(row.values())
        .containsEntry(ExportColumn.HARDWARE_VERSION, "1.50")
        .containsEntry(ExportColumn.SOFTWARE_VERSION, "2.10");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '!',
      value = {
        "{'vin':'V2','paint':{'code':1}}!object 'paint'",
        "{'vin':'V2','module':['GW']}!array 'module'",
        "{'vin':'V2','vin':'V3'}!Duplicate Object property \"vin\"",
        "{'vin':'V2','FIN':'V3'}!two keys for the column vin, one of them 'FIN'",
        "{'vin':'V2','VINN':'V3'}!key 'VINN', which none of the first 100 rows has",
        "{'vin':'V2','model':'E-Van'}!key 'model', which none of the first 100 rows has",
        "{'vin':'V2'} {'vin':'V3'}!text after the object",
        "['V2']!no object",
        "vin,module!Unrecognized token 'vin': was expecting (JSON String, Number, Array, Object or"
            + " token 'null', 'true' or 'false')",
      })
  void aLineThatIsNotAsTheOthersIsAFaultOfItsRow(String line, String found) throws IOException {
    // After more rows than are looked at for keys.
    List<ExportRow> rows = Exports.read(file(GOOD.repeat(100) + line + "\n" + GOOD));
    assertThat(rows).hasSize(102);
    assertThat(rows.get(100).raw()).isEqualTo(line.replace('\'', '"'));
    assertThat(rows.get(100).problem())
        .isEqualTo(
            new Finding(
                "JSON",
                "",
                found,
                "one JSON object a line, with texts, numbers, true, false or null, each key once"));
    assertThat(rows).filteredOn(r -> r.problem() != null).hasSize(1);
  }

  @Test
  void aLaterRowMayHaveAnOptionalColumnThatTheFirstOnesLack() throws IOException {
    String later = "{'vin':'V2','Cal ID':'C9'," + REST;
    ExportRow row = Exports.read(file(GOOD.repeat(100) + later)).get(100);
    assertThat(row.problem()).isNull();
    assertThat(row.values()).containsEntry(ExportColumn.CALIBRATION, "C9");
  }

  @Test
  void aRestartReadsTheTail() throws IOException {
    Path file = file(GOOD.repeat(3) + "{\n" + GOOD);
    assertThat(Exports.read(file, 2)).isEqualTo(Exports.read(file).subList(2, 5));
  }

  @Test
  void filesWithoutUsableObjectsAreRefused() throws IOException {
    assertRefused(
        "{\n  'vin': 'V1'\n}\n",
        "ecus.csv: no JSON object on any of its first lines (line 1: Unexpected end-of-input:"
            + " expected close marker for Object):"
            + " expected one JSON object a line, with texts, numbers, true, false or null, each"
            + " key once");
    assertRefused(
        "[{'vin': 'V1'}]", "ecus.csv: a JSON array: expected JSON Lines: one object on each line");
    assertRefused(
        "{'serial':'V1'}",
        "ecus.csv line 1: the header names serial: expected a column vin, and model (vehicles) or"
            + " module (ECUs)");
  }

  private void assertRefused(String text, String message) throws IOException {
    Path file = file(text);
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> Exports.read(file))
        .satisfies(
            e ->
                assertThat(Objects.toString(e.getMessage()).replaceAll("\\s+", " "))
                    .isEqualTo(message));
  }
}
