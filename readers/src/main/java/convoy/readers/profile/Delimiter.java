package convoy.readers.profile;

/** What may stand between the cells of a text export. */
public enum Delimiter {
  COMMA(','),
  SEMICOLON(';'),
  TAB('\t'),
  PIPE('|');

  private final char character;

  Delimiter(char character) {
    this.character = character;
  }

  public char character() {
    return character;
  }
}
