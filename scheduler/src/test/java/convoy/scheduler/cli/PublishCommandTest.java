package convoy.scheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.config.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code manifest publish} says of a delivery, and what becomes of its run. */
class PublishCommandTest extends CommandTest {
  private static final String PUBLISHING =
      "operator: alice\npublish: {to: FOLDER, folder: ../share}\n";

  /** An installation that publishes to a folder beside it. */
  private Home install() throws IOException {
    assertThat(run("init").status()).isZero();
    Home home = new Home(folder.resolve("home"));
    Files.writeString(home.settingsFile(), PUBLISHING);
    Files.createDirectories(share());
    return home;
  }

  private Path share() {
    return folder.resolve("share");
  }

  private static Connection open(Home home) throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:" + home.store().resolve("fleet.duckdb"));
  }

  /** As a kill leaves it that comes after the last job of the last run, before its end. */
  private static void cutOffBehindItsJob(Home home) throws SQLException {
    try (Connection connection = open(home);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update run set ended_at = null, outcome = null"
              + " where started_at = (select max(started_at) from run)");
    }
  }

  private static String outcome(Home home) throws SQLException {
    try (Connection connection = open(home);
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("select outcome from run order by started_at desc limit 1")) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }

  @Test
  void aFileThatIsNotAsItsNameSaysIsNotToBeTrustedAndNotAllWasPublished() throws Exception {
    Home home = install();
    Path image = home.outbox().resolve("images/" + "0".repeat(64) + ".abs.bin.cms");
    Files.createDirectories(image.getParent());
    Files.writeString(image, "no image");

    Ended refused = run("manifest", "publish");
    assertThat(refused.out())
        .startsWith("publishOutbox\n  " + share() + ": 0 files published, 0 bytes; ")
        .contains("\n  NOT PUBLISHED, nor what comes after it: images/000");
    assertThat(refused.err())
        .isEqualTo(
            "convoy: not all was published; nothing is lost: the next run that publishes, or"
                + " ./convoy manifest publish, goes on from there\n");
    assertThat(refused.status()).isEqualTo(6);
    assertThat(outcome(home)).isEqualTo("UNDELIVERED");
    assertThat(share()).isEmptyDirectory();
  }

  @Test
  void aRunThatWasCutOffBehindItsJobIsEndedAndTheCommandDoneAnew() throws Exception {
    Home home = install();
    Files.writeString(home.outbox().resolve("a.txt"), "one");
    assertThat(run("manifest", "publish").status()).isZero();
    cutOffBehindItsJob(home);
    Files.writeString(home.outbox().resolve("b.txt"), "two");

    Ended anew = run("manifest", "publish");
    assertThat(anew.err()).isEmpty();
    assertThat(anew.status()).isZero();
    assertThat(anew.out())
        .startsWith("taking up the run of ")
        .contains(
            "\npublishOutbox\n  done before the run was cut off\npublishOutbox\n  "
                + share()
                + ": 1 files published, 3 bytes; ");
    assertThat(share().resolve("b.txt")).hasContent("two");
  }

  @Tag("long")
  @Test
  void soAreThoseThatRegisterAndThatOpenImages() throws Exception {
    Home home = install();
    assertThat(run("register").status()).isZero();
    cutOffBehindItsJob(home);
    assertThat(run("register").out())
        .contains(
            "\nregisterDefinitions\n  done before the run was cut off\nregisterDefinitions\n");
    assertThat(run("images", "verify").status()).isZero();
    cutOffBehindItsJob(home);
    assertThat(run("images", "verify").out())
        .contains("\nverifyImages\n  done before the run was cut off\nverifyImages\n");
  }
}
