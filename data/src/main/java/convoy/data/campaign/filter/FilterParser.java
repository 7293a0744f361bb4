package convoy.data.campaign.filter;

import convoy.data.campaign.filter.Filter.And;
import convoy.data.campaign.filter.Filter.Compare;
import convoy.data.campaign.filter.Filter.In;
import convoy.data.campaign.filter.Filter.Not;
import convoy.data.campaign.filter.Filter.Or;
import convoy.data.campaign.filter.Token.Kind;
import convoy.data.error.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads a filter by recursive descent. The grammar, one method for each rule (definitions.md has it
 * for people):
 *
 * <pre>
 * or        = and { "or" and }
 * and       = unary { "and" unary }
 * unary     = "not" unary | "(" or ")" | condition
 * condition = fact sign value | fact [ "not" ] "in" "(" value { "," value } ")"
 * </pre>
 */
final class FilterParser {
  private static final int DEEPEST = 50;
  private static final List<String> KEYWORDS = List.of("and", "or", "not", "in");
  // What people write who know other languages.
  private static final Map<String, String> MEANT =
      Map.of("==", "=", "<>", "!=", "=<", "<=", "=>", ">=", "&&", "and", "&", "and", "||", "or");

  private final String text;
  private final List<Token> tokens;
  private int next;
  private int depth;

  FilterParser(String text) {
    this.text = text;
    this.tokens = FilterLexer.tokens(text);
  }

  Filter filter() {
    Filter filter = or();
    Token rest = peek();
    if (!rest.is(Kind.END)) {
      throw unexpected(rest, "and, or, or the end");
    }
    return filter;
  }

  private Filter or() {
    return joined("or", this::and, Or::new);
  }

  private Filter and() {
    return joined("and", this::unary, And::new);
  }

  private Filter joined(
      String word, Supplier<Filter> part, Function<List<Filter>, Filter> joining) {
    List<Filter> parts = new ArrayList<>();
    do {
      parts.add(part.get());
    } while (takes(word));
    return parts.size() == 1 ? parts.get(0) : joining.apply(parts);
  }

  private Filter unary() {
    Token first = peek();
    if (++depth > DEEPEST) {
      throw problem(first, "more than %d conditions in one another".formatted(DEEPEST));
    }
    Filter filter;
    if (takes("not")) {
      filter = new Not(unary());
    } else if (first.is(Kind.OPEN)) {
      next++;
      filter = or();
      take(Kind.CLOSE, "and, or, or ')'");
    } else {
      filter = condition();
    }
    depth--;
    return filter;
  }

  private Filter condition() {
    Fact fact = fact();
    boolean isNegated = takes("not");
    if (isNegated || peek().isWord("in")) {
      Token in = take();
      if (!in.isWord("in")) {
        throw unexpected(in, "in after not");
      }
      Filter list = list(fact);
      return isNegated ? new Not(list) : list;
    }
    Token sign = take();
    Comparison comparison =
        Comparison.of(sign.text())
            .filter(c -> sign.is(Kind.SIGN))
            .orElseThrow(() -> unexpected(sign, String.join(", ", Comparison.signs()) + " or in"));
    if (comparison.asksForOrder() && !fact.kind().isOrdered()) {
      throw problem(
          sign,
          "%s '%s': expected =, != or in, as it has no order".formatted(fact.word(), sign.text()));
    }
    return new Compare(fact, comparison, value(fact));
  }

  private Fact fact() {
    Token word = take();
    if (!word.is(Kind.WORD) || KEYWORDS.contains(word.text())) {
      throw unexpected(word, "a fact of the vehicle: " + String.join(", ", Fact.words()));
    }
    return Fact.find(word.text())
        .orElseThrow(
            () ->
                problem(
                    word,
                    "unknown fact '%s'".formatted(word.text())
                        + Nearest.to(word.text().toLowerCase(Locale.ROOT), Fact.words())
                            .map(", did you mean '%s'?"::formatted)
                            .orElse(": expected one of " + String.join(", ", Fact.words()))));
  }

  private Filter list(Fact fact) {
    take(Kind.OPEN, "'(' after in");
    List<String> values = new ArrayList<>();
    do {
      Token value = peek();
      values.add(value(fact));
      if (values.indexOf(values.get(values.size() - 1)) < values.size() - 1) {
        throw problem(value, "%s: expected each value once".formatted(value.found()));
      }
    } while (takes(Kind.COMMA));
    take(Kind.CLOSE, "',' or ')'");
    return new In(fact, values);
  }

  private String value(Fact fact) {
    Token value = take();
    boolean isValue =
        value.is(Kind.QUOTED) || (value.is(Kind.WORD) && !KEYWORDS.contains(value.text()));
    if (!isValue) {
      throw unexpected(value, fact.kind().expected());
    }
    if (!fact.kind().accepts(value.text())) {
      throw problem(
          value,
          "%s '%s': expected %s".formatted(fact.word(), value.text(), fact.kind().expected()));
    }
    return value.text();
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    Token token = tokens.get(next);
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  private void take(Kind kind, String expected) {
    Token token = take();
    if (!token.is(kind)) {
      throw unexpected(token, expected);
    }
  }

  private boolean takes(String word) {
    boolean isNext = peek().isWord(word);
    next += isNext ? 1 : 0;
    return isNext;
  }

  private boolean takes(Kind kind) {
    boolean isNext = peek().is(kind);
    next += isNext ? 1 : 0;
    return isNext;
  }

  private IllegalArgumentException unexpected(Token token, String expected) {
    String lower = token.text().toLowerCase(Locale.ROOT);
    String meant = MEANT.get(token.text());
    if (meant == null && token.is(Kind.WORD) && !KEYWORDS.contains(token.text())) {
      meant = KEYWORDS.contains(lower) ? lower : null;
    }
    return problem(
        token,
        meant == null
            ? "%s: expected %s".formatted(token.found(), expected)
            : "%s, did you mean '%s'?".formatted(token.found(), meant));
  }

  private IllegalArgumentException problem(Token token, String message) {
    return FilterProblem.at(text, token.at(), message);
  }
}
