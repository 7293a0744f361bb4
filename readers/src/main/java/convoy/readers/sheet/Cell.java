package convoy.readers.sheet;

import org.jspecify.annotations.Nullable;

/**
 * A cell of a sheet.
 *
 * @param text what it holds, trimmed
 * @param expected what should stand there instead, null when the text can be used as it is
 */
record Cell(String text, @Nullable String expected) {
  private static final Cell EMPTY = new Cell("", null);

  Cell {
    text = Trimmed.of(text);
  }

  static Cell of(String text) {
    return text.isEmpty() ? EMPTY : new Cell(text, null);
  }

  boolean isEmpty() {
    return text.isEmpty() && expected == null;
  }
}
