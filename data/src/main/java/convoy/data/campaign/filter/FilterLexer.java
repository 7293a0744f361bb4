package convoy.data.campaign.filter;

import convoy.data.campaign.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a filter's text into its pieces. */
final class FilterLexer {
  private static final int LONGEST = 10_000;
  private static final String SIGNS = "=!<>&|~^*/+%?:";

  private final String text;
  private int at;

  private FilterLexer(String text) {
    this.text = text;
  }

  /** The pieces, END last. */
  static List<Token> tokens(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "of %,d characters: expected at most %,d; a long list of vehicles is a file for vins"
              .formatted(text.length(), LONGEST));
    }
    FilterLexer lexer = new FilterLexer(text);
    List<Token> tokens = new ArrayList<>();
    do {
      tokens.add(lexer.next());
    } while (!tokens.get(tokens.size() - 1).is(Kind.END));
    return tokens;
  }

  private Token next() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return new Token(Kind.END, "", at);
    }
    char c = text.charAt(at);
    return switch (c) {
      case '(' -> single(Kind.OPEN);
      case ')' -> single(Kind.CLOSE);
      case ',' -> single(Kind.COMMA);
      case '"', '\'' -> quoted(c);
      default -> {
        if (SIGNS.indexOf(c) >= 0) {
          yield run(Kind.SIGN);
        }
        if (isWord(c)) {
          yield run(Kind.WORD);
        }
        throw FilterProblem.at(
            text,
            at,
            "character '%c': expected a fact, an operator, a value or a parenthesis; other text is a value in quotes"
                .formatted(c));
      }
    };
  }

  private Token single(Kind kind) {
    at++;
    return new Token(kind, text.substring(at - 1, at), at - 1);
  }

  private Token run(Kind kind) {
    int start = at;
    while (at < text.length() && is(kind, text.charAt(at))) {
      at++;
    }
    return new Token(kind, text.substring(start, at), start);
  }

  private static boolean is(Kind kind, char c) {
    return kind == Kind.WORD ? isWord(c) : SIGNS.indexOf(c) >= 0;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
  }

  /** A quote inside is doubled. */
  private Token quoted(char quote) {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (true) {
      if (at == text.length() || text.charAt(at) == '\n') {
        throw FilterProblem.at(text, start, "a quote is opened and not closed on its line");
      }
      char c = text.charAt(at++);
      if (c != quote) {
        value.append(c);
      } else if (at < text.length() && text.charAt(at) == quote) {
        value.append(quote);
        at++;
      } else {
        return new Token(Kind.QUOTED, value.toString(), start);
      }
    }
  }
}
