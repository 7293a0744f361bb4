package convoy.data.duckdb;

import convoy.data.campaign.BuiltDates;
import convoy.data.campaign.VinList;
import convoy.data.campaign.filter.Filter;
import convoy.data.eligibility.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign's audience asks of each vehicle beyond regions, models and powertrains, as
 * conditions over the columns of table vehicle (their names alone: what is judged has them too).
 * The verdicts, their explanation and the size of the audience all come from these. A condition
 * that cannot be told, as a fact is absent, does not hold.
 */
final class AudienceSql {
  /**
   * One condition.
   *
   * @param found an expression for what a person is told that the vehicle has
   * @param expected what a person is told that it should have
   */
  private record Part(String condition, String found, String expected) {}

  private static final String EXCLUDED =
      "vin in (select unnest(excluded_vins) from campaign where campaign = :%s)";
  private static final String LISTED =
      "vin in (select vin from campaign_vin where campaign = :%s and kind = '%s')";

  private final String name;
  private final List<Part> parts = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();
  private final List<String> exclusions = new ArrayList<>();

  /**
   * @param name the parameter that is the campaign; those of the audience's values begin with it
   */
  private AudienceSql(String name, ResultSet row) throws SQLException {
    this.name = name;
    parameters.put(name, row.getString("campaign"));
    Object[] plants = (Object[]) row.getArray("plants").getArray();
    if (plants.length > 0) {
      parts.add(plants(plants));
    }
    LocalDate from = row.getObject("built_from", LocalDate.class);
    LocalDate to = row.getObject("built_to", LocalDate.class);
    if (from != null || to != null) {
      parts.add(built(new BuiltDates(from, to)));
    }
    String vins = row.getString("vins_file");
    if (vins != null) {
      parts.add(
          new Part(
              LISTED.formatted(name, VinList.Kind.ONLY), "vin", "a vehicle on the list " + vins));
    }
    String filter = row.getString("filter");
    if (filter != null) {
      parts.add(filter(filter));
    }
    // Only where a campaign leaves vehicles out: to look every VIN up costs more than all else.
    if (row.getBoolean("excludes_vins")) {
      exclusions.add(EXCLUDED.formatted(name));
    }
    if (row.getString("exclude_file") != null) {
      exclusions.add(LISTED.formatted(name, VinList.Kind.EXCLUDED));
    }
  }

  /**
   * Of each of the campaigns. Their parameters have different names, so that conditions of several
   * can stand in one statement.
   */
  static Map<String, AudienceSql> of(Db db, List<String> campaigns) {
    Map<String, AudienceSql> audiences = new HashMap<>();
    db.text(
            "select campaign, plants, built_from, built_to, vins_file, filter, exclude_file,"
                + " len(excluded_vins) > 0 as excludes_vins from campaign"
                + " where list_contains(cast(cast(:campaigns as json) as varchar[]), campaign)")
        .param("campaigns", Db.json(campaigns))
        .query(
            (row, i) ->
                audiences.put(row.getString("campaign"), new AudienceSql("campaign_" + i, row)))
        .list();
    return audiences;
  }

  private Part plants(Object[] plants) {
    List<String> names = new ArrayList<>();
    for (Object plant : plants) {
      names.add(parameter(plant));
    }
    return new Part(
        "plant in (%s)".formatted(String.join(", ", names)),
        "coalesce('plant ' || plant, 'no plant')",
        List.of(plants).stream()
            .map(Object::toString)
            .collect(Collectors.joining(" or ", "plant ", "")));
  }

  private Part built(BuiltDates dates) {
    List<String> bounds = new ArrayList<>();
    bound(bounds, "manufactured_on >= cast(%s as date)", dates.from());
    bound(bounds, "manufactured_on <= cast(%s as date)", dates.to());
    return new Part(
        String.join(" and ", bounds), "'built ' || manufactured_on::varchar", "built " + dates);
  }

  private void bound(List<String> bounds, String condition, @Nullable LocalDate date) {
    if (date != null) {
      bounds.add(condition.formatted(parameter(date.toString())));
    }
  }

  private String parameter(Object value) {
    String parameter = name + "_" + parameters.size();
    parameters.put(parameter, value);
    return ":" + parameter;
  }

  private Part filter(String text) {
    Filter filter;
    try {
      filter = Filter.parse(text);
    } catch (IllegalArgumentException e) {
      // It was read when it was registered, so the row was altered: nobody gets anything by it, and
      // the check before issuing says so of this campaign, without holding up the others.
      return new Part("false", "'a filter that cannot be read'", "the filter that was registered");
    }
    String found =
        filter.facts().stream()
            .map(
                fact ->
                    "'%s ' || coalesce(%s::varchar, 'unknown')"
                        .formatted(fact.word(), FilterSql.column(fact)))
            .collect(Collectors.joining(", ", "concat_ws(', ', ", ")"));
    return new Part(new FilterSql(this::parameter).condition(filter), found, filter.text());
  }

  /** Whether it asks for facts that only the kind of a vehicle has. */
  boolean needsKind() {
    return !parts.isEmpty();
  }

  /** The parameter that is the campaign, with its colon. */
  String campaign() {
    return ":" + name;
  }

  /** What the conditions name with a colon, {@link #campaign} among it. */
  Map<String, Object> parameters() {
    return parameters;
  }

  /** A condition: the vehicle is of the audience. */
  String condition() {
    List<String> all = new ArrayList<>();
    parts.forEach(part -> all.add("(" + part.condition() + ")"));
    exclusions.forEach(exclusion -> all.add("not " + exclusion));
    return all.isEmpty() ? "true" : String.join(" and ", all);
  }

  /** What is added to the bits of a vehicle's reasons; nothing where there is nothing to add. */
  String faults() {
    String faults = "";
    if (!parts.isEmpty()) {
      faults +=
          parts.stream()
              .map(part -> "(" + part.condition() + ")")
              .collect(
                  Collectors.joining(
                      " and ",
                      "\n    | case when ",
                      " then 0 else %d end".formatted(Reason.NOT_IN_AUDIENCE.bit())));
    }
    for (String exclusion : exclusions) {
      faults +=
          "\n    | case when %s then %d else 0 end".formatted(exclusion, Reason.EXCLUDED.bit());
    }
    return faults;
  }

  /** Adds to {@code audience_finding} what the subjects lack that are judged not to be of it. */
  void explain(Db db) {
    for (Part part : parts) {
      db.text(
              Sql.load("match/audience_findings")
                  .replace("{condition}", part.condition())
                  .replace("{found}", part.found())
                  .replace("{campaign}", campaign())
                  .replace("{NOT_IN_AUDIENCE}", Long.toString(Reason.NOT_IN_AUDIENCE.bit())))
          .param("expected", part.expected())
          .params(parameters)
          .update();
    }
  }
}
