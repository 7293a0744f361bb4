package convoy.readers.export;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one sheet, pulled one at a time from its XML (ECMA-376 part 1, 18.3.1.73); rows with
 * empty cells only are skipped.
 */
final class SheetRows implements Closeable {
  private static final int MAX_COLUMNS = 16_384;

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
   */
  record Row(int number, List<String> cells) {}

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
  @Nullable Row next() {
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
      throw Refusal.of("%s near row %d".formatted(where, number), "damaged", Workbook.EXPECTED, e);
    }
  }

  private Row row() throws XMLStreamException {
    String given = xml.getAttributeValue(null, "r");
    number = given == null ? number + 1 : Integer.parseInt(given);
    List<String> cells = new ArrayList<>();
    int column = -1;
    int event = xml.next();
    while (!ends(event, "row")) {
      if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("c")) {
        String reference = xml.getAttributeValue(null, "r");
        column = reference == null ? column + 1 : column(reference);
        String cell = cell();
        if (!cell.isBlank()) {
          put(cells, column, cell);
        }
      }
      event = xml.next();
    }
    return new Row(number, cells);
  }

  private static void put(List<String> cells, int column, String cell) {
    if (column >= MAX_COLUMNS) {
      throw new IllegalArgumentException("column %d".formatted(column));
    }
    while (cells.size() <= column) {
      cells.add("");
    }
    cells.set(column, cell);
  }

  private String cell() throws XMLStreamException {
    String type = xml.getAttributeValue(null, "t");
    String style = xml.getAttributeValue(null, "s");
    String value = "";
    StringBuilder inline = null;
    int event = xml.next();
    while (!ends(event, "c")) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "v" -> value = xml.getElementText();
          case "t" ->
              inline = (inline == null ? new StringBuilder() : inline).append(xml.getElementText());
          case "rPh" -> skip("rPh");
          default -> {}
        }
      }
      event = xml.next();
    }
    String stored = inline == null ? value : inline.toString();
    if (stored.isEmpty()) {
      return "";
    }
    return text.of(type, style == null ? 0 : Integer.parseInt(style), stored);
  }

  /** Past a phonetic run, which is not part of the cell's text. */
  private void skip(String element) throws XMLStreamException {
    int event = xml.next();
    while (!ends(event, element)) {
      event = xml.next();
    }
  }

  private boolean ends(int event, String element) {
    return event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals(element);
  }

  /** The 0-based column of a reference such as AB12. */
  private static int column(String reference) {
    int column = 0;
    for (int i = 0; i < reference.length() && reference.charAt(i) >= 'A'; i++) {
      column = column * 26 + reference.charAt(i) - 'A' + 1;
      if (column > MAX_COLUMNS) {
        throw new IllegalArgumentException("cell " + reference);
      }
    }
    return column - 1;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
