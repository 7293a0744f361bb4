package convoy.writers.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import convoy.data.status.ReportedState;
import convoy.data.status.StatusEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusLogWriterTest {
  private static final StatusEvent PROGRESS =
      new StatusEvent(
          "e1",
          Instant.parse("2026-03-01T02:15:00Z"),
          "WVWZZZ1JZXW000001",
          "GATEWAY",
          "spring",
          7,
          1,
          ReportedState.RECEIVED,
          null,
          null,
          null);
  private static final StatusEvent FAILURE =
      new StatusEvent(
          "e2",
          Instant.parse("2026-03-01T02:20:00.25Z"),
          "WVWZZZ1JZXW000001",
          "GATEWAY",
          "spring",
          7,
          1,
          ReportedState.FAILED,
          "2.0.0",
          "POWER_LOSS",
          "12 V, \"low\"");

  @TempDir Path folder;

  @Test
  void csv() throws IOException {
    Path log = folder.resolve("log.csv");
    write(log);

    assertThat(log)
        .hasContent(
            """
            event_id,at,vin,module,campaign,manifest_version,attempt,state,reported_version,error_code,text
            e1,2026-03-01T02:15:00Z,WVWZZZ1JZXW000001,GATEWAY,spring,7,1,RECEIVED,,,
            e2,2026-03-01T02:20:00.250Z,WVWZZZ1JZXW000001,GATEWAY,spring,7,1,FAILED,2.0.0,POWER_LOSS,"12 V, ""low\"""
            """);
  }

  @Test
  void jsonLines() throws IOException {
    Path log = folder.resolve("log.jsonl");
    write(log);

    assertThat(log)
        .hasContent(
            """
            {"event_id":"e1","at":"2026-03-01T02:15:00Z","vin":"WVWZZZ1JZXW000001","module":"GATEWAY","campaign":"spring","manifest_version":7,"attempt":1,"state":"RECEIVED","reported_version":null,"error_code":null,"text":null}
            {"event_id":"e2","at":"2026-03-01T02:20:00.250Z","vin":"WVWZZZ1JZXW000001","module":"GATEWAY","campaign":"spring","manifest_version":7,"attempt":1,"state":"FAILED","reported_version":"2.0.0","error_code":"POWER_LOSS","text":"12 V, \\"low\\""}
            """);
  }

  @Test
  void theLogAppearsWithTheCommitAndReplacesAnEarlierOne() throws IOException {
    Path log = Files.writeString(folder.resolve("log.csv"), "earlier");
    try (StatusLogWriter writer = new StatusLogWriter(log)) {
      writer.write(PROGRESS);
      assertThat(log).hasContent("earlier");
      writer.commit();
      assertThat(Files.readAllLines(log)).hasSize(2);
    }
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(log));
  }

  @Test
  void withoutACommitNothingIsLeft() throws IOException {
    try (StatusLogWriter writer = new StatusLogWriter(folder.resolve("log.csv"))) {
      writer.write(PROGRESS);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void otherNamesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StatusLogWriter(folder.resolve("log.txt")))
        .withMessage("log.txt: expected a name that ends in .csv or .jsonl");
    assertThat(folder).isEmptyDirectory();
  }

  private static void write(Path log) throws IOException {
    try (StatusLogWriter writer = new StatusLogWriter(log)) {
      writer.write(PROGRESS);
      writer.write(FAILURE);
      writer.commit();
    }
  }
}
