package convoy.readers.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import convoy.data.error.ConvoyException;
import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportKind;
import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.Finding;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;

class TextExportTest {
  private static final String QUOTES =
      "a quoted cell that ends with a quote, with each quote inside it doubled";

  @TempDir Path folder;

  @Test
  void aRowHasItsLineItsRawTextAndItsTrimmedValues() throws IOException {
    Path file = Exports.text(folder, Exports.ECUS + ",paint\r\nV1, GW ,s,p,h,1.0.0,CAN,t,red\r\n");
    Map<ExportColumn, String> values = new EnumMap<>(ExportColumn.class);
    values.put(ExportColumn.VIN, "V1");
    values.put(ExportColumn.MODULE, "GW");
    values.put(ExportColumn.SERIAL, "s");
    values.put(ExportColumn.HARDWARE_PART, "p");
    values.put(ExportColumn.HARDWARE_VERSION, "h");
    values.put(ExportColumn.SOFTWARE_VERSION, "1.0.0");
    values.put(ExportColumn.PROTOCOL, "CAN");
    values.put(ExportColumn.EXPORTED_AT, "t");
    assertThat(Exports.read(file))
        .containsExactly(
            new ExportRow(ExportKind.ECUS, null, 2, "V1, GW ,s,p,h,1.0.0,CAN,t,red", values));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesAreCountedThroughBlankLinesAndLineBreaksInCells(String end) throws IOException {
    String two = "V2,\"GW" + end + end + "\"\"front\"\"\",s,p,h,1,CAN,t";
    String text =
        String.join(
            end, "", Exports.ECUS, row("V1"), "", " ", ",,,,,,,", two, row("V3"), "", row("V4"));
    assertThat(Exports.read(Exports.text(folder, text)))
        .extracting(ExportRow::line, ExportRow::raw, r -> r.values().get(ExportColumn.MODULE))
        .containsExactly(
            tuple(3L, row("V1"), "GW"),
            tuple(7L, two, "GW" + end + end + "\"front\""),
            tuple(10L, row("V3"), "GW"),
            tuple(12L, row("V4"), "GW"));
  }

  @Test
  void aRowWithTooFewOrTooManyCellsIsDeliveredWithItsProblem() throws IOException {
    Path file = Exports.text(folder, Exports.ECUS + "\nV1,GW\n" + row("V2") + ",x\n" + row("V3"));
    assertThat(Exports.read(file))
        .extracting(ExportRow::raw, ExportRow::problem)
        .containsExactly(
            tuple("V1,GW", new Finding("COLUMN_COUNT", "", "2 columns", "8 columns")),
            tuple(row("V2") + ",x", new Finding("COLUMN_COUNT", "", "9 columns", "8 columns")),
            tuple(row("V3"), null));
  }

  @Test
  void aBrokenQuoteCostsOnlyTheLineOnWhichItsRowStarts() throws IOException {
    String after = "V1,\"GW\"x,s,p,h,1,CAN,t";
    String open = "V3,\"GW,s,p,h,1,CAN,t";
    Path file =
        Exports.text(
            folder, String.join("\n", Exports.ECUS, after, row("V2"), open, row("V4"), ""));
    assertThat(Exports.read(file))
        .extracting(ExportRow::line, ExportRow::raw, ExportRow::problem)
        .containsExactly(
            tuple(2L, after, new Finding("QUOTES", "", "text follows a closing quote", QUOTES)),
            tuple(3L, row("V2"), null),
            tuple(4L, open, new Finding("QUOTES", "", "a quote is opened and not closed", QUOTES)),
            tuple(5L, row("V4"), null));
  }

  @Test
  void bytesThatAreNotUtf8AreShownAndRowsBesideThemStillLand() throws IOException {
    byte[] text =
        (Exports.ECUS + "\n" + row("V1") + "\nV2,Türé,s,p,h,1,CAN,t\n" + row("V3"))
            .getBytes(StandardCharsets.ISO_8859_1);
    List<ExportRow> rows = Exports.read(Exports.bytes(folder, "ecus.csv", text));
    assertThat(rows)
        .extracting(ExportRow::raw)
        .containsExactly(row("V1"), "V2,T\\xFCr\\xE9,s,p,h,1,CAN,t", row("V3"));
    assertThat(rows.get(1).values()).containsEntry(ExportColumn.MODULE, "T\uDCFCr\uDCE9");
  }

  @Test
  void aSemicolonFileWithAByteOrderMarkHasCleanValues() throws IOException {
    String text = "\uFEFF" + (Exports.ECUS + "\n" + row("V1")).replace(',', ';');
    assertThat(Exports.read(Exports.text(folder, text)))
        .extracting(row -> row.values().get(ExportColumn.VIN))
        .containsExactly("V1");
  }

  @Test
  void aRestartReadsTheTailOfAFullRead() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      Path file = Exports.text(folder, RandomText.export(random, 25));
      List<ExportRow> all = Exports.read(file);
      int done = random.nextInt(all.size() + 1);
      assertThat(Exports.read(file, done)).isEqualTo(all.subList(done, all.size()));
    }
  }

  @Test
  void aRestartOnAFileThatHasFewerRowsThanBeforeIsRefused() throws IOException {
    Path file = Exports.text(folder, Exports.ECUS + "\n" + row("V1"));
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> Exports.read(file, 3))
        .withMessage(
            "ecus.csv: 1 rows, but 3 were already processed: expected the file as it was when its"
                + " import began");
  }

  @Test
  void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() throws IOException {
    Path file =
        Exports.text(folder, Exports.ECUS + "\n" + row("V1") + "\n" + "x".repeat(3_000_000));
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> Exports.read(file))
        .withMessage(
            "ecus.csv line 3: more than 1048576 characters without a line end: expected rows of an"
                + " export");
  }

  @Test
  void anOpenQuoteInALongFileCostsOneRow() throws IOException {
    Path file = folder.resolve("long.csv");
    int rows = 100_000;
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write(Exports.ECUS + "\n");
      for (int i = 0; i < rows; i++) {
        out.write((i == 10 ? "\"V" : "V") + i + ",GW,s,p,h,1,CAN,t\n");
      }
    }
    List<ExportRow> read = Exports.read(file);
    assertThat(read).hasSize(rows);
    assertThat(read)
        .filteredOn(r -> r.problem() != null)
        .extracting(ExportRow::line)
        .containsExactly(12L);
    assertThat(read.get(rows - 1).line()).isEqualTo(rows + 1L);
  }

  @Test
  void readingBeforeOpenOrAfterCloseIsAnErrorAndClosingTwiceIsNot() throws IOException {
    Path file = Exports.text(folder, Exports.ECUS + "\n" + row("V1"));
    ExportReader reader = new ExportReader(file, () -> 0);
    assertThatIllegalStateException().isThrownBy(reader::read);
    reader.open(new ExecutionContext());
    assertThat(reader.read()).isNotNull();
    assertThat(reader.read()).isNull();
    assertThat(reader.read()).isNull();
    reader.close();
    reader.close();
    assertThatIllegalStateException().isThrownBy(reader::read);
  }

  private static String row(String vin) {
    return vin + ",GW,s,p,h,1,CAN,t";
  }
}
