package convoy.data.duckdb;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with an empty fleet store of its own. */
abstract class StoreTest {
  @TempDir Path folder;
  FleetStore store;

  @BeforeEach
  void open() {
    store = Fleet.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }
}
