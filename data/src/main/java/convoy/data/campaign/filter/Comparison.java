package convoy.data.campaign.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a fact is compared with a value. */
public enum Comparison {
  EQUAL("="),
  NOT_EQUAL("!="),
  LESS("<"),
  AT_MOST("<="),
  MORE(">"),
  AT_LEAST(">=");

  private final String sign;

  Comparison(String sign) {
    this.sign = sign;
  }

  /** As filters write it. */
  public String sign() {
    return sign;
  }

  /** Whether it asks for an order, which not every fact has. */
  public boolean asksForOrder() {
    return this != EQUAL && this != NOT_EQUAL;
  }

  /** Whether it holds for what {@code fact.compareTo(value)} gave. */
  boolean holds(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case MORE -> order > 0;
      case AT_LEAST -> order >= 0;
    };
  }

  static Optional<Comparison> of(String sign) {
    return Arrays.stream(values()).filter(c -> c.sign.equals(sign)).findFirst();
  }

  static List<String> signs() {
    return Arrays.stream(values()).map(Comparison::sign).toList();
  }
}
