package convoy.writers.report;

import static convoy.writers.report.SampleReport.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReportWriterTest {
  private static final List<ReportColumn> ONE_TEXT =
      List.of(new ReportColumn("Message", ColumnKind.TEXT));

  @TempDir Path dir;

  @Test
  void aFileForEachTableToTheByte() throws IOException {
    ReportTable kinds =
        new ReportTable(
            "kinds",
            "One of each kind",
            List.of(
                new ReportColumn("Text", ColumnKind.TEXT),
                new ReportColumn("Count, vehicles", ColumnKind.COUNT),
                new ReportColumn("Share", ColumnKind.PERCENT),
                new ReportColumn("At", ColumnKind.TIMESTAMP),
                new ReportColumn("Day", ColumnKind.DATE)),
            List.of(
                row(
                    "Zürich \"Nord\", 2",
                    -12,
                    0.00001,
                    Instant.parse("2026-03-01T05:00:00Z"),
                    LocalDate.of(2026, 3, 1)),
                row(
                    true,
                    9_007_199_254_740_993L,
                    1.0,
                    Instant.parse("2026-07-01T05:00:00.5Z"),
                    null),
                row("two\nlines", null, null, null, null)));
    ReportTable other = new ReportTable("other", "Other", ONE_TEXT, List.of());
    new CsvReportWriter()
        .write(dir.resolve("new/reports"), SampleReport.ZONE, List.of(kinds, other));
    assertThat(read("new/reports/kinds.csv"))
        .isEqualTo(
            String.join(
                "\r\n",
                "Text,\"Count, vehicles\",Share,At,Day",
                "\"Zürich \"\"Nord\"\", 2\",-12,0.00001,2026-03-01T06:00:00+01:00,2026-03-01",
                "true,9007199254740993,1,2026-07-01T07:00:00.5+02:00,",
                "\"two\nlines\",,,,",
                ""));
    assertThat(read("new/reports/other.csv")).isEqualTo("Message\r\n");
  }

  @Test
  void inUtcTheOffsetIsZ() throws IOException {
    ReportTable table =
        new ReportTable(
            "t",
            "T",
            List.of(new ReportColumn("At", ColumnKind.TIMESTAMP)),
            List.of(row(Instant.parse("2026-03-01T05:00:00Z"))));
    new CsvReportWriter().write(dir, ZoneId.of("UTC"), List.of(table));
    assertThat(read("t.csv")).isEqualTo("At\r\n2026-03-01T05:00:00Z\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "'x", "''x", "＝1", "＋1", "－1", "＠x"
      })
  void textThatASpreadsheetProgramMightRunIsGuardedAndCanBeHadBack(String text) throws IOException {
    String stored = roundTrip(text);
    assertThat(stored).isEqualTo("'" + text);
    assertThat(stored.substring(1)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1.0", "a=b", "x'", " =1", "#1", "1-2", "東京 🚗"})
  void otherTextIsLeftAsItIs(String text) throws IOException {
    assertThat(roundTrip(text)).isEqualTo(text);
  }

  @Test
  void whenOneTableFailsNoFileIsTouched() throws IOException {
    Files.writeString(dir.resolve("good.csv"), "earlier");
    ReportTable good = new ReportTable("good", "Good", ONE_TEXT, List.of(row("x")));
    ReportTable bad = new ReportTable("bad", "Bad", ONE_TEXT, Workbooks.failingAfter(1_000));
    assertThatThrownBy(
            () -> new CsvReportWriter().write(dir, SampleReport.ZONE, List.of(good, bad)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the store went away");
    try (Stream<Path> left = Files.list(dir)) {
      assertThat(left).containsExactly(dir.resolve("good.csv"));
    }
    assertThat(read("good.csv")).isEqualTo("earlier");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TEXT      | found Long '7', expected a String or a Boolean",
        "PERCENT   | found Long '7', expected a Double from 0 to 1",
        "TIMESTAMP | found Long '7', expected an Instant",
        "DATE      | found Long '7', expected a LocalDate"
      })
  void aCellOfAnotherKindIsRefusedWithItsPlace(ColumnKind kind, String message) {
    ReportTable table =
        new ReportTable("t", "T", List.of(new ReportColumn("C", kind)), List.of(row(7L)));
    assertRefused(table, "report table 't' row 1 column 'C': " + message);
  }

  @Test
  void aShareInPercentOrARowOfAnotherLengthIsRefused() {
    List<ReportColumn> share = List.of(new ReportColumn("Share", ColumnKind.PERCENT));
    assertRefused(
        new ReportTable("t", "T", share, List.of(row(1.0), row(45.0))),
        "report table 't' row 2 column 'Share': found Double '45.0', expected a Double from 0 to"
            + " 1");
    assertRefused(
        new ReportTable("t", "T", share, List.of(row(Double.NaN))),
        "report table 't' row 1 column 'Share': found Double 'NaN', expected a Double from 0 to 1");
    assertRefused(
        new ReportTable("t", "T", share, List.of(row(1.0, 0.5))),
        "report table 't' row 1: found 2 cells, expected 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "a/b", "a:b", "ü", "abcdefghijklmnopqrstuvwxyz0"})
  void aNameThatIsNoFileAndSheetNameIsRefused(String name) {
    assertThatThrownBy(() -> new ReportTable(name, "T", ONE_TEXT, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "report table '"
                + name
                + "': expected a name of 1 to 26 letters, digits, spaces, hyphens and underscores,"
                + " such as failures-by-cause");
  }

  @ParameterizedTest
  @CsvSource({
    "summary, the first sheet",
    "history, a sheet of Excel's own",
    "A_b, the earlier table 'a-b'"
  })
  void namesThatCollideAreRefused(String name, String holder) {
    ReportTable earlier = new ReportTable("a-b", "T", ONE_TEXT, List.of());
    ReportTable later = new ReportTable(name, "T", ONE_TEXT, List.of());
    assertThatThrownBy(
            () -> new CsvReportWriter().write(dir, SampleReport.ZONE, List.of(earlier, later)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "report table '%s': the sheet name '%s' is taken by %s, expected another name"
                .formatted(name, later.label(), holder));
  }

  private void assertRefused(ReportTable table, String message) {
    assertThatThrownBy(() -> new CsvReportWriter().write(dir, SampleReport.ZONE, List.of(table)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThat(dir).isEmptyDirectory();
  }

  private String roundTrip(String text) throws IOException {
    ReportTable table = new ReportTable("t", "T", ONE_TEXT, List.of(row(text)));
    new CsvReportWriter().write(dir, SampleReport.ZONE, List.of(table));
    try (CSVParser parser = CSVParser.parse(read("t.csv"), CSVFormat.RFC4180)) {
      return parser.getRecords().get(1).get(0);
    }
  }

  private String read(String name) throws IOException {
    return Files.readString(dir.resolve(name), StandardCharsets.UTF_8);
  }
}
