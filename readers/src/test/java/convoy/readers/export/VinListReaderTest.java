package convoy.readers.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.campaign.VinList;
import convoy.data.error.ConvoyException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VinListReaderTest {
  private static final String FIRST = "1M8GDM9AXKP042788";
  private static final String SECOND = "WVWHD3AL7SW000210";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WVWHD3AL7SW000210\n1M8GDM9AXKP042788\n",
        "vin\nWVWHD3AL7SW000210\n\n 1M8GDM9AXKP042788",
        "\"VIN\"\r\n\"WVWHD3AL7SW000210\"\r\n1M8GDM9AXKP042788\r\n",
        "dealer;vin;note\n4711;WVWHD3AL7SW000210;a,b,c\n;1M8GDM9AXKP042788;\n",
        "sep=;\nno;VIN\n1;WVWHD3AL7SW000210\n2;1M8GDM9AXKP042788\n",
      })
  void readsOneColumnOrTheOneThatIsNamedVin(String text) throws IOException {
    for (Charset charset : new Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16LE}) {
      Path file = folder.resolve("recall.csv");
      Files.write(file, text.getBytes(charset));

      VinList list = VinListReader.read(file);

      assertThat(list.file()).isEqualTo("recall.csv");
      assertThat(list.vins()).containsExactly(FIRST, SECOND);
    }
  }

  @Test
  void readsTheSheetOfAWorkbookThatHasRows() throws IOException {
    Path file =
        Exports.workbook(
            folder,
            workbook -> {
              workbook.createSheet("empty");
              row(workbook.createSheet("cars"), 2, "no", "vin");
              row(workbook.getSheet("cars"), 3, "1", SECOND);
              row(workbook.getSheet("cars"), 5, "2", FIRST);
              row(workbook.createSheet("old"), 0, "WVW");
              workbook.setSheetHidden(2, true);
            });

    assertThat(VinListReader.read(file).vins()).containsExactly(FIRST, SECOND);
  }

  @Test
  void twoSheetsWithRowsAreRefused() throws IOException {
    Path file =
        Exports.workbook(
            folder,
            workbook -> {
              row(workbook.createSheet("one"), 0, FIRST);
              row(workbook.createSheet("two"), 0, SECOND);
            });

    assertRefused(
        file,
        file.getFileName()
            + ": rows in the sheets 'one' and 'two': expected one sheet with VINs, others hidden or empty");
  }

  @Test
  void allWrongRowsAreNamed() throws IOException {
    assertRefused(
        text("vin\n" + FIRST + "\nWVW\nWVWHD3AL7SO000210\n" + FIRST + "\n1m8gdm9axkp042788\n"),
        """
        recall.csv: 4 of 5 rows are wrong: expected a VIN in each, of 17 digits and capital letters without I, O and Q, and each once
          row 3: 'WVW': 3 characters
          row 4: 'WVWHD3AL7SO000210': 'O' in place 11
          row 5: '1M8GDM9AXKP042788': the same as in row 2
          row 6: '1m8gdm9axkp042788': 'm' in place 2\
        """);
  }

  @Test
  void ofManyWrongRowsTheFirstAreNamedAndTheRestCounted() throws IOException {
    assertThatThrownBy(() -> VinListReader.read(text("X\n".repeat(1000))))
        .isInstanceOf(ConvoyException.class)
        .hasMessageStartingWith("recall.csv: 1,000 of 1,000 rows are wrong: ")
        .hasMessageContaining("  row 20: 'X': 1 characters")
        .hasMessageEndingWith(String.format("%n  and 980 more"));
  }

  @Test
  void whatIsNoListIsRefused() throws IOException {
    assertRefused(text(""), "recall.csv: no VIN: expected one or more");
    assertRefused(text("\n\n"), "recall.csv: no VIN: expected one or more");
    assertRefused(text("vin\n"), "recall.csv: no VIN: expected one or more");
    assertRefused(
        text("no,chassis\n1,2\n"),
        "recall.csv line 1: no column vin in [no, chassis]: expected a list of VINs: one column of them, or one named vin");
    assertThatThrownBy(() -> VinListReader.read(text("vin\n\"" + FIRST + "\n")))
        .hasMessageContaining("row 2: a quote is opened and not closed");
  }

  @Test
  void aListOfHalfAMillionIsReadWhole() throws IOException {
    Path file =
        text(
            IntStream.range(0, 500_000)
                .mapToObj("WVWHD3AL7S%07d"::formatted)
                .collect(Collectors.joining("\n", "vin\n", "\n")));
    assertThat(VinListReader.read(file).vins()).hasSize(500_000);
  }

  private Path text(String text) throws IOException {
    return Files.writeString(folder.resolve("recall.csv"), text);
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> VinListReader.read(file))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(message);
  }

  private static void row(XSSFSheet sheet, int number, String... cells) {
    var row = sheet.createRow(number);
    for (int i = 0; i < cells.length; i++) {
      row.createCell(i).setCellValue(cells[i]);
    }
  }
}
