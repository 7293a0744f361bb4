package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;

class FleetStoreTest {
  @TempDir private Path folder;

  /** As a kill leaves it while the tables are made. */
  @Test
  void anEmptyDatabaseGetsItsTables() throws SQLException {
    change("select 1");
    try (FleetStore store = Fleet.open(folder)) {
      assertThat(Campaigns.all(store)).isEmpty();
    }
  }

  @Test
  void openingChangesNothingInTheFile() throws IOException {
    Fleet.open(folder).close();
    byte[] before = Files.readAllBytes(file());
    Fleet.open(folder).close();
    assertThat(file()).hasBinaryContent(before);
  }

  @Test
  void aStoreOfAnotherVersionIsRefused() throws SQLException {
    Fleet.open(folder).close();
    change("update store_info set schema_version = 1");
    assertThatThrownBy(() -> Fleet.open(folder))
        .isInstanceOf(DataAccessResourceFailureException.class)
        .hasMessage(
            "the fleet store has schema version 1, this program reads version "
                + FleetStore.SCHEMA_VERSION);
  }

  private Path file() {
    return folder.resolve("fleet.duckdb");
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
