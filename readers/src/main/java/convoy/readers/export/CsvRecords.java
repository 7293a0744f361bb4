package convoy.readers.export;

import convoy.readers.sheet.Trimmed;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of a text file with their cells. One Commons CSV parser takes all of them apart; it
 * is fed from the splitter with records whose quotes are sound, since it cannot go on after a
 * broken one and does not give a record's own text.
 */
final class CsvRecords implements Closeable {
  /**
   * @param cells trimmed; empty when the record has a fault
   */
  record Cells(RawRecord raw, List<String> cells) {}

  private final RecordSplitter splitter;
  private final Queue<RawRecord> fed = new ArrayDeque<>();
  private final CSVParser parser;
  private final Iterator<CSVRecord> parsed;

  CsvRecords(RecordSplitter splitter, char delimiter) throws IOException {
    this.splitter = splitter;
    CSVFormat format =
        CSVFormat.RFC4180.builder().setDelimiter(delimiter).setIgnoreEmptyLines(false).get();
    this.parser = CSVParser.builder().setReader(new Feed()).setFormat(format).get();
    this.parsed = parser.iterator();
  }

  /** The next record, or null at the end. */
  @Nullable Cells next() throws IOException {
    boolean more = parsed.hasNext();
    RawRecord raw = fed.poll();
    if (raw == null) {
      return null;
    }
    if (!more) {
      throw new IllegalStateException("line %d: fed, not parsed".formatted(raw.line()));
    }
    CSVRecord csv = parsed.next();
    return new Cells(raw, raw.fault() == null ? trimmed(csv.values()) : List.of());
  }

  private static List<String> trimmed(String[] cells) {
    for (int i = 0; i < cells.length; i++) {
      cells[i] = Trimmed.of(cells[i]);
    }
    return List.of(cells);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  /** Gives the parser one record at a read, and a stand-in for each one with a fault. */
  private final class Feed extends Reader {
    private String text = "";
    private int position;

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
      if (position == text.length()) {
        RawRecord raw = splitter.next();
        if (raw == null) {
          return -1;
        }
        fed.add(raw);
        text = raw.fault() == null ? raw.text() + "\n" : "-\n";
        position = 0;
      }
      int count = Math.min(length, text.length() - position);
      text.getChars(position, position + count, target, offset);
      position += count;
      return count;
    }

    @Override
    public void close() throws IOException {
      splitter.close();
    }
  }
}
