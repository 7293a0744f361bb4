package convoy.data.duckdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The statements, from the .sql files beside this package. */
final class Sql {
  private Sql() {}

  /**
   * The text of {@code convoy/sql/NAME.sql}.
   *
   * @throws IllegalArgumentException when there is no such file
   */
  static String load(String name) {
    try (InputStream in = Sql.class.getResourceAsStream("/convoy/sql/" + name + ".sql")) {
      if (in == null) {
        throw new IllegalArgumentException("no statement " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
