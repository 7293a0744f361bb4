package convoy.data.campaign.filter;

import convoy.data.campaign.filter.Filter.And;
import convoy.data.campaign.filter.Filter.Compare;
import convoy.data.campaign.filter.Filter.In;
import convoy.data.campaign.filter.Filter.Not;
import convoy.data.campaign.filter.Filter.Or;
import java.util.List;
import java.util.stream.Collectors;

/** Filters as text, with no more parentheses than are needed. */
final class FilterText {
  private FilterText() {}

  static String of(Filter filter) {
    if (filter instanceof Compare compare) {
      return "%s %s %s"
          .formatted(
              compare.fact().word(),
              compare.comparison().sign(),
              value(compare.fact(), compare.value()));
    }
    if (filter instanceof In in) {
      return in.values().stream()
          .map(value -> value(in.fact(), value))
          .collect(Collectors.joining(", ", in.fact().word() + " in (", ")"));
    }
    if (filter instanceof Not not) {
      return "not " + part(not.part());
    }
    return filter instanceof And and
        ? joined(and.parts(), " and ")
        : joined(((Or) filter).parts(), " or ");
  }

  private static String joined(List<Filter> parts, String word) {
    return parts.stream().map(FilterText::part).collect(Collectors.joining(word));
  }

  private static String part(Filter filter) {
    String text = of(filter);
    return filter instanceof And || filter instanceof Or ? "(" + text + ")" : text;
  }

  private static String value(Fact fact, String value) {
    return fact.kind() == FactKind.TEXT ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }
}
