package convoy.data.duckdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The statements, from the .sql files beside this package. */
final class Sql {
  /** The order in which campaigns go first: urgency, then priority, then age. */
  private static final String FIRST =
      "case c.urgency when 'IMMEDIATE' then 0 else 1 end, c.priority desc, c.created_at, c.campaign";

  private Sql() {}

  /**
   * The text of {@code convoy/sql/NAME.sql}, in which {@code {first}} orders the campaigns c as
   * they go first, and {@code {touching}} says which campaigns must not both be under way in a
   * vehicle. On a preview's temporary tables this holds too, as it would not of a view.
   *
   * @throws IllegalArgumentException when there is no such file
   */
  static String load(String name) {
    try (InputStream in = Sql.class.getResourceAsStream("/convoy/sql/" + name + ".sql")) {
      if (in == null) {
        throw new IllegalArgumentException("no statement " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("{first}", FIRST);
      return text.contains("{touching}") ? text.replace("{touching}", load("plan/touching")) : text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
