package convoy.data.campaign.filter;

/**
 * A piece of a filter's text.
 *
 * @param text of QUOTED, what the quotes mean
 * @param at its place, in characters from the text's beginning
 */
record Token(Kind kind, String text, int at) {
  enum Kind {
    WORD,
    QUOTED,
    SIGN,
    OPEN,
    CLOSE,
    COMMA,
    END
  }

  boolean is(Kind other) {
    return kind == other;
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /** For messages. */
  String found() {
    return kind == Kind.END ? "the end" : "'" + text + "'";
  }
}
