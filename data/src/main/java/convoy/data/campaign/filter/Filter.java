package convoy.data.campaign.filter;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.update.DefinitionChecks;
import convoy.data.vehicle.VehicleFacts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A condition on vehicles: {@code region in (DE, FR) and built >= 2025-03-01}. It holds, does not
 * hold, or cannot be told because a fact is absent; a vehicle passes only when it holds, so that
 * {@code not} never lets an unknown fact pass.
 */
public sealed interface Filter {
  /** One fact compared with one value. */
  record Compare(Fact fact, Comparison comparison, String value) implements Filter {
    public Compare {
      check(
          fact.kind().isOrdered() || !comparison.asksForOrder(),
          fact.word(),
          comparison.sign(),
          "=, != or in, as it has no order");
      check(fact.kind().accepts(value), fact.word(), value, fact.kind().expected());
    }
  }

  /** The fact is one of the values. */
  record In(Fact fact, List<String> values) implements Filter {
    public In {
      values = List.copyOf(values);
      check(!values.isEmpty(), fact.word(), "in ()", "one value or more");
      for (String value : values) {
        check(fact.kind().accepts(value), fact.word(), value, fact.kind().expected());
      }
      DefinitionChecks.distinct(fact.word(), values);
    }
  }

  /** All of two or more hold. */
  record And(List<Filter> parts) implements Filter {
    public And {
      parts = List.copyOf(parts);
      check(parts.size() >= 2, "and", parts.size(), "two conditions or more");
    }
  }

  /** One of two or more holds. */
  record Or(List<Filter> parts) implements Filter {
    public Or {
      parts = List.copyOf(parts);
      check(parts.size() >= 2, "or", parts.size(), "two conditions or more");
    }
  }

  /** The condition does not hold. */
  record Not(Filter part) implements Filter {}

  /**
   * Reads a filter.
   *
   * @throws IllegalArgumentException when the text is none; the message says line and column in the
   *     text, and shows the place
   */
  static Filter parse(String text) {
    return new FilterParser(text).filter();
  }

  /** The filter in one line, which {@link #parse} reads as the same filter. */
  default String text() {
    return FilterText.of(this);
  }

  /** Whether the vehicle passes. */
  default boolean passes(VehicleFacts vehicle) {
    return FilterEvaluation.of(this, vehicle) == Truth.TRUE;
  }

  /** The facts that it asks for, in the order in which it names them. */
  default Set<Fact> facts() {
    return stream(this).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Stream<Fact> stream(Filter filter) {
    if (filter instanceof Compare compare) {
      return Stream.of(compare.fact());
    }
    if (filter instanceof In in) {
      return Stream.of(in.fact());
    }
    if (filter instanceof Not not) {
      return stream(not.part());
    }
    List<Filter> parts = filter instanceof And and ? and.parts() : ((Or) filter).parts();
    return parts.stream().flatMap(Filter::stream);
  }
}
