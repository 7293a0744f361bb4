package convoy.data.campaign.filter;

/** What is wrong with a filter, with the place and the line in which it is. */
final class FilterProblem {
  private static final int SHOWN = 80;

  private FilterProblem() {}

  static IllegalArgumentException at(String text, int at, String message) {
    int lineStart = text.lastIndexOf('\n', at - 1) + 1;
    int lineEnd = text.indexOf('\n', at);
    String line = text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd);
    int column = at - lineStart;
    long number = text.substring(0, lineStart).chars().filter(c -> c == '\n').count() + 1;
    // Of a long line, what is around the place.
    int from = Math.max(0, Math.min(column - SHOWN / 2, line.length() - SHOWN));
    String shown = line.substring(from, Math.min(line.length(), from + SHOWN)).replace('\t', ' ');
    return new IllegalArgumentException(
        "line %d column %d: %s%n  %s%n  %s^"
            .formatted(number, column + 1, message, shown, " ".repeat(column - from))
            .replace("\r", ""));
  }
}
