package convoy.config;

/**
 * A place in a file, as messages write it: {@code convoy.yaml line 3 column 5}.
 *
 * @param line 1-based
 * @param column 1-based, in characters
 */
public record Position(String file, int line, int column) {
  @Override
  public String toString() {
    return file + " line " + line + " column " + column;
  }
}
