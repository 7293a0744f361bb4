package convoy.readers.export;

import java.util.Random;

/** Exports with every oddity that a text file can have. */
final class RandomText {
  private static final String[] CELLS = {
    "V1",
    "",
    " x ",
    "\"a,b\"",
    "\"line\nbreak\"",
    "\"two\r\n\r\nbreaks\"",
    "\"q\"\"q\"",
    "17\" rim",
    "\"open",
    "\"closed\"x",
    "\"spaced\" ",
    "é",
    "\uD83D\uDE97"
  };
  private static final String[] ENDS = {"\n", "\r\n", "\r", "\n\n", "\n \n", "\r\n,,\r\n"};

  private RandomText() {}

  static String export(Random random, int rows) {
    StringBuilder text = new StringBuilder(Exports.ECUS).append('\n');
    for (int i = 0; i < rows; i++) {
      int width = random.nextInt(10) == 0 ? random.nextInt(12) : 8;
      for (int c = 0; c < width; c++) {
        // Mostly plain cells, so that most rows are sound.
        int which = random.nextInt(3) == 0 ? random.nextInt(CELLS.length) : 0;
        text.append(c == 0 ? "" : ",").append(CELLS[which]);
      }
      text.append(ENDS[random.nextInt(ENDS.length)]);
    }
    return text.toString();
  }
}
