package convoy.readers.sheet;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one sheet, pulled one at a time from its XML (ECMA-376 part 1, 18.3.1.73); rows with
 * empty cells only are skipped.
 */
public final class SheetRows implements Closeable {
  private static final CSVFormat CSV = CSVFormat.RFC4180.builder().setRecordSeparator("").get();
  static final int MAX_COLUMNS = 16_384;
  private static final int MAX_ROWS = 1_048_576;
  private static final String NOT_STORED =
      "a value: the formula's result is not stored in the file, as Excel does when it saves";

  private final String where;
  private final InputStream in;
  private final XMLStreamReader xml;
  private final CellText text;
  private int number;

  /**
   * One row.
   *
   * @param number its row number, 1-based
   * @param cells from column A to the last that has a text
   * @param unusable what should stand in a cell whose text is not its value, by 0-based column
   */
  public record Row(int number, List<String> cells, Map<Integer, String> unusable) {
    /** The text in that 0-based column; empty behind the last. */
    public String cell(int column) {
      return column < cells.size() ? cells.get(column) : "";
    }

    /** The whole row as one record of RFC 4180, without its end. */
    public String csv() {
      StringWriter text = new StringWriter();
      try {
        CSV.printRecord(text, cells.toArray());
      } catch (IOException e) {
        throw new UncheckedIOException("a StringWriter does not fail", e);
      }
      return text.toString();
    }
  }

  /**
   * @param where the file and sheet, for messages
   */
  SheetRows(String where, InputStream in, CellText text) throws XMLStreamException {
    this.where = where;
    this.in = in;
    this.xml = Xml.reader(in);
    this.text = text;
  }

  /**
   * The next row that is not empty, or null at the end.
   *
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when the sheet is damaged
   */
  public @Nullable Row next() {
    try {
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("row")) {
          Row row = row();
          if (!row.cells().isEmpty()) {
            return row;
          }
        } else if (event == XMLStreamConstants.END_ELEMENT
            && xml.getLocalName().equals("sheetData")) {
          return null;
        }
      }
      return null;
    } catch (XMLStreamException | RuntimeException e) {
      // Unchecked ones are numbers and references that are none, and POI's stop at a zip bomb.
      throw Refusal.of(
          "%s near row %d".formatted(where, number),
          Damage.found(e, "damaged"),
          Workbook.EXPECTED,
          e);
    }
  }

  private Row row() throws XMLStreamException {
    number = number(xml.getAttributeValue(null, "r"));
    List<String> cells = new ArrayList<>();
    Map<Integer, String> unusable = Map.of();
    int column = -1;
    for (int event = xml.next(); !Xml.ends(xml, event, "row"); event = xml.next()) {
      if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("c")) {
        String reference = xml.getAttributeValue(null, "r");
        column = reference == null ? column + 1 : column(reference);
        Cell cell = cell();
        if (!cell.isEmpty()) {
          put(cells, column, cell.text());
          if (cell.expected() != null) {
            unusable = unusable.isEmpty() ? new TreeMap<>() : unusable;
            unusable.put(column, cell.expected());
          }
        }
      }
    }
    return new Row(number, cells, unusable);
  }

  /**
   * A row without a number follows the one before it; Excel takes no file with rows in disorder.
   */
  private int number(@Nullable String given) {
    int next = given == null ? number + 1 : Integer.parseInt(given);
    if (next <= number || next > MAX_ROWS) {
      throw Damage.of("row %d after row %d".formatted(next, number));
    }
    return next;
  }

  private static void put(List<String> cells, int column, String cell) {
    if (column >= MAX_COLUMNS) {
      throw Damage.of("a cell in column %d".formatted(column + 1));
    }
    while (cells.size() <= column) {
      cells.add("");
    }
    if (!cells.set(column, cell).isEmpty()) {
      throw Damage.of("two cells in column %d of one row".formatted(column + 1));
    }
  }

  private Cell cell() throws XMLStreamException {
    String type = xml.getAttributeValue(null, "t");
    String style = xml.getAttributeValue(null, "s");
    String stored = null;
    boolean isFormula = false;
    for (int event = xml.next(); !Xml.ends(xml, event, "c"); event = xml.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "v" -> stored = xml.getElementText();
          case "is" -> stored = Xml.richText(xml, "is");
          case "f" -> isFormula = true;
          default -> {}
        }
      }
    }
    if (stored == null && isFormula) {
      return new Cell("", NOT_STORED);
    }
    if (stored == null || stored.isEmpty()) {
      return Cell.of("");
    }
    return text.of(type, style == null ? 0 : Integer.parseInt(style), stored);
  }

  /** The 0-based column of a reference such as AB12. */
  private static int column(String reference) {
    int column = 0;
    for (int i = 0; i < reference.length() && !isDigit(reference.charAt(i)); i++) {
      char c = reference.charAt(i);
      column = column * 26 + c - 'A' + 1;
      if (c < 'A' || c > 'Z' || column > MAX_COLUMNS) {
        throw Damage.of("a cell named " + reference);
      }
    }
    if (column == 0) {
      throw Damage.of("a cell named " + reference);
    }
    return column - 1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
