package convoy.data.duckdb;

import convoy.data.campaign.filter.Fact;
import convoy.data.campaign.filter.Filter;
import convoy.data.campaign.filter.Filter.And;
import convoy.data.campaign.filter.Filter.Compare;
import convoy.data.campaign.filter.Filter.In;
import convoy.data.campaign.filter.Filter.Not;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A filter as a condition of SQL. Nothing of the filter's text gets into it: columns and signs are
 * those of enums, and values are parameters.
 */
final class FilterSql {
  private final UnaryOperator<String> parameters;

  /**
   * @param parameters takes a value, gives what stands for it in the statement
   */
  FilterSql(UnaryOperator<String> parameters) {
    this.parameters = parameters;
  }

  /** The condition, over the columns of {@link #column}. */
  String condition(Filter filter) {
    if (filter instanceof Compare compare) {
      return "%s %s %s"
          .formatted(column(compare.fact()), sign(compare), value(compare.fact(), compare.value()));
    }
    if (filter instanceof In in) {
      return in.values().stream()
          .map(value -> value(in.fact(), value))
          .collect(Collectors.joining(", ", column(in.fact()) + " in (", ")"));
    }
    if (filter instanceof Not not) {
      return "not (" + condition(not.part()) + ")";
    }
    return filter instanceof And and
        ? joined(and.parts(), " and ")
        : joined(((Filter.Or) filter).parts(), " or ");
  }

  private String joined(List<Filter> parts, String word) {
    return parts.stream().map(this::condition).collect(Collectors.joining(word, "(", ")"));
  }

  private static String sign(Compare compare) {
    return switch (compare.comparison()) {
      case EQUAL -> "=";
      case NOT_EQUAL -> "<>";
      case LESS -> "<";
      case AT_MOST -> "<=";
      case MORE -> ">";
      case AT_LEAST -> ">=";
    };
  }

  /** The column that has the fact, in table vehicle as in what is judged. */
  static String column(Fact fact) {
    return switch (fact) {
      case REGION -> "region";
      case MODEL -> "model";
      case MODEL_YEAR -> "model_year";
      case POWERTRAIN -> "powertrain";
      case PLANT -> "plant";
      case BUILT -> "manufactured_on";
      case VIN -> "vin";
    };
  }

  private String value(Fact fact, String value) {
    String parameter = parameters.apply(value);
    return switch (fact.kind()) {
      case DATE -> "cast(%s as date)".formatted(parameter);
      case YEAR -> "cast(%s as integer)".formatted(parameter);
      case TEXT, REGION, POWERTRAIN, VIN -> parameter;
    };
  }
}
