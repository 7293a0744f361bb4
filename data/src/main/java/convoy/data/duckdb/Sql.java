package convoy.data.duckdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements, from the .sql files beside this package. */
final class Sql {
  /** The order in which campaigns go first: urgency, then priority, then age. */
  private static final String FIRST =
      "case c.urgency when 'IMMEDIATE' then 0 else 1 end, c.priority desc, c.created_at, c.campaign";

  /** Statements that stand inside others, with their files. */
  private static final Map<String, String> PIECES =
      Map.of("touching", "plan/touching", "back_due", "rollback/back_due");

  private static final Pattern PIECE = Pattern.compile("\\{(touching|back_due|defined_[a-z]+)}");

  private Sql() {}

  /**
   * The text of {@code convoy/sql/NAME.sql}, with what it stands for in braces.
   *
   * @throws IllegalArgumentException when there is no such file
   */
  static String load(String name) {
    try (InputStream in = Sql.class.getResourceAsStream("/convoy/sql/" + name + ".sql")) {
      if (in == null) {
        throw new IllegalArgumentException("no statement " + name);
      }
      return whole(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A statement in which {@code {first}} orders the campaigns c as they go first, {@code
   * {touching}} says which campaigns must not both be under way in a vehicle, {@code {back_due}}
   * which vehicles are to go back by now, and {@code {defined_…}} are the rows that the definition
   * {@code :definition} stands for. On a preview's temporary tables the first two hold too, as they
   * would not of a view. The rows of a definition are of this program: no view or macro in the file
   * has a say in them.
   */
  static String whole(String statement) {
    return PIECE
        .matcher(statement.replace("{first}", FIRST))
        .replaceAll(
            piece -> {
              String name = piece.group(1);
              String text = load(PIECES.getOrDefault(name, "define/" + name));
              return Matcher.quoteReplacement(text.strip().replaceAll(";$", ""));
            });
  }
}
