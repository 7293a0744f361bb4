package convoy.readers.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;

class RecordSplitterTest {
  /** No input vanishes: each character that is not a line end or blank is in exactly one record. */
  @Test
  void theRecordsTogetherAreTheText() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      String text = RandomText.export(random, 12);
      String records = split(text).stream().map(RawRecord::text).collect(Collectors.joining());
      assertThat(visible(records)).isEqualTo(visible(text.replace("\r\n,,\r\n", "\n")));
    }
  }

  @Test
  void eachRecordStartsOnTheLineThatItNames() throws IOException {
    Random random = new Random(4);
    for (int i = 0; i < 300; i++) {
      String text = RandomText.export(random, 12);
      String[] lines = text.split("\r\n|\r|\n", -1);
      for (RawRecord raw : split(text)) {
        String first = raw.text().split("\r\n|\r|\n", -1)[0];
        assertThat(lines[(int) raw.line() - 1]).isEqualTo(first);
      }
    }
  }

  @Test
  void recordsWithoutFaultAreThoseThatCommonsCsvReadsFromTheirText() throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      String text = RandomText.export(random, 12);
      CsvRecords records =
          new CsvRecords(new RecordSplitter("x", new StringReader(text), ','), ',');
      for (var cells = records.next(); cells != null; cells = records.next()) {
        if (cells.raw().fault() == null) {
          try (CSVParser alone = CSVParser.parse(cells.raw().text(), CSVFormat.RFC4180)) {
            var parsed = alone.getRecords();
            assertThat(parsed).hasSize(1);
            assertThat(cells.cells()).isEqualTo(parsed.get(0).stream().map(String::strip).toList());
          }
        }
      }
    }
  }

  @Test
  void aReaderThatGivesOneCharacterAtATimeChangesNothing() throws IOException {
    String text = RandomText.export(new Random(6), 200);
    Reader slow =
        new StringReader(text) {
          @Override
          public int read(char[] target, int offset, int length) throws IOException {
            return super.read(target, offset, Math.min(length, 1));
          }
        };
    assertThat(split(slow)).isEqualTo(split(text));
  }

  private static List<RawRecord> split(String text) throws IOException {
    return split(new StringReader(text));
  }

  private static List<RawRecord> split(Reader reader) throws IOException {
    List<RawRecord> records = new ArrayList<>();
    try (RecordSplitter splitter = new RecordSplitter("x", reader, ',')) {
      for (RawRecord raw = splitter.next(); raw != null; raw = splitter.next()) {
        records.add(raw);
      }
    }
    return records;
  }

  private static String visible(String text) {
    return text.replaceAll("\\s", "");
  }
}
