package convoy.readers.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.status.ReportedState;
import convoy.data.status.StatusColumn;
import convoy.data.status.StatusEvent;
import convoy.data.status.StatusRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;

class StatusLogReaderTest {
  private static final String HEADER = StatusColumn.headerLine() + "\n";
  private static final String START = "2026-03-01T02:15:00Z,WVWZZZ1JZXW000001,GATEWAY,spring,7,1,";
  private static final String GOOD = "e1," + START + "INSTALLED,2.1.0,,";

  @TempDir Path folder;

  @Test
  void aCsvRowIsAnEvent() throws IOException {
    List<StatusRow> rows =
        read(
            "log.csv", HEADER + "e1," + START + "FAILED,2.0.0,POWER_LOSS,\"12 V, \"\"low\"\" \"\n");

    assertThat(rows)
        .containsExactly(
            StatusRow.of(
                2,
                "e1," + START + "FAILED,2.0.0,POWER_LOSS,\"12 V, \"\"low\"\" \"",
                event(ReportedState.FAILED, "2.0.0", "POWER_LOSS", "12 V, \"low\" ")));
  }

  @Test
  void aJsonLineIsAnEvent() throws IOException {
    String line =
        "{\"vin\":\"WVWZZZ1JZXW000001\",\"event_id\":\"e1\",\"at\":\"2026-03-01T03:15:00+01:00\","
            + "\"module\":\"GATEWAY\",\"campaign\":\"spring\",\"manifest_version\":7,\"attempt\":1,"
            + "\"state\":\"INSTALLED\",\"reported_version\":\"2.1.0\",\"error_code\":null,"
            + "\"gateway\":{\"id\":[1,2]}}";

    assertThat(read("log.jsonl", line))
        .containsExactly(
            StatusRow.of(1, line, event(ReportedState.INSTALLED, "2.1.0", null, null)));
  }

  @Test
  void whatAGatewayMayDoDifferently() throws IOException {
    StatusEvent expected = event(ReportedState.INSTALLED, "2.1.0", null, null);

    // A byte order mark, CRLF, blank lines, no last line end.
    assertThat(read("LOG.CSV", "\uFEFF" + HEADER.replace("\n", "\r\n") + "\r\n" + GOOD))
        .containsExactly(StatusRow.of(3, GOOD, expected));
    // Other case, another order of columns, a column of its own, spaces, lower case.
    String other =
        """
        Gateway, STATE,event_id,at,vin,module,campaign,manifest_version,attempt,reported_version,error_code,text
        g7,installed, e1 ,2026-03-01T02:15:00.0000009Z,wvwzzz1jzxw000001,GATEWAY,spring,007,1,2.1.0 , , \s
        """;
    assertThat(read("log.csv", other)).extracting(StatusRow::event).containsExactly(expected);
    assertThat(read("log.jsonl", "\n \n{\"x\":1}\n"))
        .extracting(StatusRow::line)
        .containsExactly(3L);
    assertThat(read("log.csv", HEADER)).isEmpty();
  }

  @Test
  void aQuotedTextMayGoOnOverLines() throws IOException {
    List<StatusRow> rows =
        read("log.csv", HEADER + "e1," + START + "FAILED,,,\"one\r\ntwo, \"\"2\"\"\"\n" + GOOD);

    assertThat(rows)
        .containsExactly(
            StatusRow.of(
                2,
                "e1," + START + "FAILED,,,\"one\ntwo, \"\"2\"\"\"",
                event(ReportedState.FAILED, null, null, "one\ntwo, \"2\"")),
            StatusRow.of(4, GOOD, event(ReportedState.INSTALLED, "2.1.0", null, null)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", ",\"x\n", ",\"x\"\n"})
  void aQuoteThatIsNeverClosedCostsItsOwnLineOnly(String end) throws IOException {
    String broken = "e0," + START + "FAILED,,,\"oops";
    String log = HEADER + broken + "\n" + (GOOD + "\n").repeat(99) + GOOD + end;

    List<StatusRow> rows = read("log.csv", log);

    assertThat(rows).hasSize(101);
    assertThat(rows.get(0).raw()).isEqualTo(broken);
    assertThat(rows.subList(1, 100)).allMatch(row -> row.raw().equals(GOOD));
    assertThat(rows).extracting(StatusRow::line).startsWith(2L, 3L, 4L).endsWith(101L, 102L);
  }

  @Test
  void nextToAnotherOpenQuoteBothLinesAreRejectedAlone() throws IOException {
    String broken = "e0," + START + "FAILED,,,\"oops";

    List<StatusRow> rows =
        read("log.csv", HEADER + broken + "\n" + GOOD + "\n" + broken + "\n" + GOOD);

    assertThat(rows).extracting(StatusRow::raw).containsExactly(broken, GOOD, broken, GOOD);
    assertThat(rows)
        .extracting(row -> row.event() == null)
        .containsExactly(true, false, true, false);
  }

  @Test
  void aByteThatIsNotUtf8IsShownAndItsRowRejected() throws IOException {
    byte[] text =
        (HEADER + GOOD + "caf\u00E9\n" + GOOD + "\n").getBytes(StandardCharsets.ISO_8859_1);

    List<StatusRow> rows = read("log.csv", text);

    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).raw()).isEqualTo(GOOD + "caf\\xE9");
    assertThat(rows.get(0).rejections().get(0).rule()).isEqualTo("ENCODING");
    assertThat(rows.get(1).event()).isNotNull();
    assertThat(read("log.csv", HEADER + GOOD + "\u00FC\u20AC\uFFFD").get(0).event())
        .isEqualTo(event(ReportedState.INSTALLED, "2.1.0", null, "\u00FC\u20AC\uFFFD"));
  }

  @Test
  void filesThatAreNoStatusLogAreRefused() throws IOException {
    refused("log.txt", "x", "log.txt: expected a name that ends in .csv, .jsonl or .xlsx");
    refused("log.csv", "", "log.csv: the file is empty, expected the header " + HEADER.strip());
    refused("log.jsonl", "", "log.jsonl: the file is empty, expected one JSON object on each line");
    refused(
        "log.csv",
        "event_id,at,vin,module,campaign,manifest_version,attempt,state,error_code,text\n",
        "log.csv line 1: the header lacks column 'reported_version', expected " + HEADER.strip());
    refused(
        "log.csv",
        HEADER.strip() + ",VIN\n",
        "log.csv line 1: the header repeats column 'vin', expected " + HEADER.strip());
    refused(
        "log.csv",
        "PK\u0003\u0004\0\0",
        "log.csv: line 1 is not UTF-8 text, expected the header " + HEADER.strip());
    refused(
        "log.jsonl",
        "{\0}\n".repeat(2).substring(1),
        "log.jsonl: line 1 is not UTF-8 text, expected one JSON object on each line");
    refused(
        "log.csv",
        HEADER + "x".repeat((1 << 20) + 1),
        "log.csv line 2: a line of more than 1048576 bytes, expected one event on each line");

    Path missing = folder.resolve("missing.csv");
    refused(missing, "missing.csv: no such file, expected a status log");
    Path directory = Files.createDirectory(folder.resolve("folder.csv"));
    refused(directory, "folder.csv: not a file, expected a status log");
  }

  @ParameterizedTest
  @ValueSource(strings = {"log.csv", "log.jsonl"})
  void aRestartGoesOnAfterTheCommittedRows(String name) throws IOException {
    StringBuilder log = new StringBuilder(name.endsWith("csv") ? HEADER : "");
    for (int i = 0; i < 40; i++) {
      // Rejected rows, blank lines and rows over two lines count as what they are.
      log.append(i % 3 == 0 ? "broken " + i : GOOD.replace("e1", "e" + i)).append("\n");
      log.append(i % 5 == 0 ? "\n" : "");
      log.append(i % 7 == 0 ? "q" + i + "," + START + "FAILED,,,\"a\nb\"\n" : "");
    }
    List<StatusRow> all = read(name, log.toString());
    assertThat(all).hasSizeGreaterThan(40);
    for (int done = 0; done <= all.size(); done++) {
      assertThat(readFrom(folder.resolve(name), done)).isEqualTo(all.subList(done, all.size()));
    }
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> readFrom(folder.resolve(name), all.size() + 1L))
        .withMessage(
            "%s: %s rows, but %s were read from it before; expected the same file"
                .formatted(name, all.size(), all.size() + 1));
  }

  @Test
  void thePositionIsAskedForInEachOpen() throws IOException {
    Path file =
        write("log.csv", (HEADER + (GOOD + "\n").repeat(3)).getBytes(StandardCharsets.UTF_8));
    long[] committed = {0};
    StatusLogReader reader = new StatusLogReader(file, () -> committed[0]);
    assertThatIllegalStateException()
        .isThrownBy(reader::read)
        .withMessage("log.csv: read before open");

    reader.open(new ExecutionContext());
    assertThat(reader.read()).extracting("line").isEqualTo(2L);
    committed[0] = 2;
    reader.open(new ExecutionContext());
    assertThat(reader.read()).extracting("line").isEqualTo(4L);
    assertThat(reader.read()).isNull();
    reader.close();
    reader.close();
    assertThatIllegalStateException().isThrownBy(reader::read);
  }

  private void refused(String name, String text, String message) throws IOException {
    refused(write(name, text.getBytes(StandardCharsets.UTF_8)), message);
  }

  private static void refused(Path file, String message) {
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> readFrom(file, 0))
        .withMessage(message)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_REFUSED));
  }

  private List<StatusRow> read(String name, String text) throws IOException {
    return read(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private List<StatusRow> read(String name, byte[] bytes) throws IOException {
    return readFrom(write(name, bytes), 0);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static List<StatusRow> readFrom(Path file, long committed) {
    StatusLogReader reader = new StatusLogReader(file, () -> committed);
    List<StatusRow> rows = new ArrayList<>();
    reader.open(new ExecutionContext());
    for (StatusRow row = reader.read(); row != null; row = reader.read()) {
      rows.add(row);
    }
    reader.close();
    return rows;
  }

  private static StatusEvent event(
      ReportedState state, @Nullable String version, @Nullable String code, @Nullable String text) {
    return new StatusEvent(
        "e1",
        Instant.parse("2026-03-01T02:15:00Z"),
        "WVWZZZ1JZXW000001",
        "GATEWAY",
        "spring",
        7,
        1,
        state,
        version,
        code,
        text);
  }
}
