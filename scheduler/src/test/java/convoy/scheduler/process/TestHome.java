package convoy.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.config.Home;
import convoy.jobs.samples.SampleData;
import convoy.jobs.samples.SampleSpec;
import convoy.scheduler.cli.CommandTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** An installation made by the program itself, in a temporary folder. */
final class TestHome {
  static final Instant EXPORTED_AT = Instant.parse("2026-11-20T22:00:00Z");
  static final String CAMPAIGN = "brake-hold-2026-11";

  private static final Path FRESH =
      ProgramFiles.once(
          "fresh",
          part -> {
            TestHome home = new TestHome(part.getParent(), new Home(part));
            assertThat(home.runHere("init").status()).isZero();
          });

  private final Path outputs;
  private final Home home;

  private TestHome(Path outputs, Home home) {
    this.outputs = outputs;
    this.home = home;
  }

  /** A new installation under the folder, with these settings. */
  static TestHome make(Path folder, String name, String settings) throws IOException {
    return copyOf(FRESH, folder, name, settings);
  }

  /**
   * An installation with a fleet of 100 vehicles and the approved campaign {@link #CAMPAIGN}, which
   * no run has planned yet.
   */
  static TestHome approved(Path folder, String name, String settings) throws IOException {
    Path made =
        ProgramFiles.once(
            "approved",
            part -> {
              TestHome home = copyOf(FRESH, part.getParent(), part.getFileName().toString(), "");
              home.deliverFleet(7, 100, 0);
              SampleData.writeDefinitions(part, 7);
              assertThat(home.runHere("nightly").status()).isZero();
              home.approve();
            });
    return copyOf(made, folder, name, settings);
  }

  private static TestHome copyOf(Path made, Path folder, String name, String settings)
      throws IOException {
    TestHome copy = new TestHome(folder, new Home(made)).copy(name);
    copy.settings(settings);
    return copy;
  }

  /** Replaces convoy.yaml; alice goes on acting, as init has it. */
  void settings(String yaml) throws IOException {
    Files.writeString(home.settingsFile(), yaml + "operator: alice\n", StandardCharsets.UTF_8);
  }

  /** Signs the update of {@link #CAMPAIGN}, submits it and has bob approve it, in this process. */
  void approve() {
    for (String[] command :
        new String[][] {
          {"update", "sign", "abs-brake-hold", "2.1.0"},
          {"campaign", "submit", CAMPAIGN},
          {"campaign", "approve", CAMPAIGN, "--by", "bob"}
        }) {
      assertThat(runHere(command).status()).as(String.join(" ", command)).isZero();
    }
  }

  /** A copy of this installation, which no process may hold meanwhile. */
  TestHome copy(String name) throws IOException {
    Path target = outputs.resolve(name);
    try (Stream<Path> files = Files.walk(home.root())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file,
            target.resolve(home.root().relativize(file).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return new TestHome(outputs, new Home(target));
  }

  Home home() {
    return home;
  }

  /** Puts exports of a generated fleet into the inbox, as if they had been there for long. */
  void deliverFleet(long seed, int vehicles, int badRows) throws IOException {
    SampleData.write(
        home.inboxManufacturing(), new SampleSpec(seed, vehicles, badRows, EXPORTED_AT));
    for (Path file : inbox()) {
      Files.setLastModifiedTime(file, FileTime.from(EXPORTED_AT));
    }
  }

  /** The files in the inbox of exports. */
  List<Path> inbox() {
    try (Stream<Path> files = Files.list(home.inboxManufacturing())) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shards of the first wave of {@link #CAMPAIGN}, in their order. */
  List<Path> shards() {
    Path wave = home.outbox().resolve("director/campaign=" + CAMPAIGN + "/wave=1");
    if (Files.notExists(wave)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(wave)) {
      return files.filter(f -> f.getFileName().toString().startsWith("shard-")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a command of this installation. */
  ConvoyProcess start(String... command) throws IOException {
    return ConvoyProcess.start(outputs, withHome(command));
  }

  /** Runs a command of this installation to its end. */
  ConvoyProcess.Ended run(String... command) throws IOException, InterruptedException {
    return ConvoyProcess.run(outputs, withHome(command));
  }

  /** The same in this process, which has no Java machine to start; its log is the test's. */
  CommandTest.Ended runHere(String... command) {
    return CommandTest.runWithoutHome(withHome(command));
  }

  private String[] withHome(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.add("--home");
    all.add(home.root().toString());
    return all.toArray(String[]::new);
  }

  /** The rows of a query on the fleet store, which no process may hold: columns joined by '|'. */
  List<String> rows(String sql) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("duckdb.read_only", "true");
    List<String> rows = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:duckdb:" + home.store().resolve("fleet.duckdb"), properties);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }

  /** The one number that a query yields. */
  long number(String sql) throws SQLException {
    return Long.parseLong(rows(sql).get(0));
  }

  /** How far the process that holds the store says it is; empty when none does. */
  String progress() {
    try {
      List<String> lines = Files.readAllLines(home.store().resolve("fleet.holder"));
      return lines.size() < 4 ? "" : lines.get(3);
    } catch (IOException e) {
      // It is taken away whenever the store is given back.
      return "";
    }
  }
}
