package convoy.readers.status;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.status.StatusColumn;
import convoy.data.status.StatusRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * What is said of each row that is not an event: rule, column, what was found, what was expected.
 */
class StatusLogRejectionTest {
  private static final String GOOD =
      "e1,2026-03-01T02:15:00Z,WVWZZZ1JZXW000001,GATEWAY,spring,7,1,INSTALLED,2.1.0,,";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          e1,                   | ,                    | EVENT_ID_MISSING event_id '': the vehicle's id of the event
          2026-03-01T02:15:00Z  | 2026-03-01T02:15:00  | AT_FORMAT at '2026-03-01T02:15:00': a time with its offset such as 2026-03-01T02:15:00Z
          2026-03-01T02:15:00Z  | 2026-02-30T02:15:00Z | AT_FORMAT at '2026-02-30T02:15:00Z': a time with its offset such as 2026-03-01T02:15:00Z
          2026-03-01T02:15:00Z  | ''                   | AT_FORMAT at '': a time with its offset such as 2026-03-01T02:15:00Z
          2026-03-01T02:15:00Z  | 1970-01-01T00:00:09Z | AT_BEFORE_2000 at '1970-01-01T00:00:09Z': a time since 2000; the vehicle's clock seems to have been reset
          WVWZZZ1JZXW000001     | ' '                  | VIN_MISSING vin ' ': a VIN of 17 characters
          WVWZZZ1JZXW000001     | WVWZZZ1JZXW00000O    | VIN_FORMAT vin 'WVWZZZ1JZXW00000O': 17 digits and capital letters without I, O and Q
          GATEWAY               | ''                   | MODULE_MISSING module '': a module such as GATEWAY
          spring                | ''                   | CAMPAIGN_MISSING campaign '': the campaign's id
          ,7,                   | ,0,                  | MANIFEST_VERSION_RANGE manifest_version '0': a whole number from 1 to 9007199254740992
          ,7,                   | ,9007199254740993,   | MANIFEST_VERSION_RANGE manifest_version '9007199254740993': a whole number from 1 to 9007199254740992
          ,1,                   | ,-1,                 | ATTEMPT_RANGE attempt '-1': a whole number from 1 to 2147483647
          ,1,                   | ,2147483648,         | ATTEMPT_RANGE attempt '2147483648': a whole number from 1 to 2147483647
          ,1,                   | ,1.0,                | ATTEMPT_RANGE attempt '1.0': a whole number from 1 to 2147483647
          INSTALLED             | DONE                 | STATE_UNKNOWN state 'DONE': one of RECEIVED, DOWNLOADING, DOWNLOADED, INSTALLING, INSTALLED, FAILED, DECLINED
          2.1.0                 | ''                   | REPORTED_VERSION_MISSING reported_version '': the version that the ECU now runs, such as 2.1.0
          ,,                    | ,                    | COLUMN_COUNT  '10 columns': 11 columns as in the header
          ,,                    | ,,,                  | COLUMN_COUNT  '12 columns': 11 columns as in the header
          """)
  void csv(String part, String replacement, String message) throws IOException {
    String bad = GOOD.replace(part, replacement);

    List<StatusRow> rows = read("log.csv", StatusColumn.headerLine() + "\n" + bad + "\n" + GOOD);

    assertThat(rows).hasSize(2);
    assertThat(describe(rows.get(0))).isEqualTo(message);
    assertThat(rows.get(0).raw()).isEqualTo(bad);
    assertThat(rows.get(0).event()).isNull();
    assertThat(rows.get(1).event()).isNotNull();
  }

  @Test
  void csvQuotes() throws IOException {
    assertThat(describe(read("log.csv", StatusColumn.headerLine() + "\n\"e1\"x," + GOOD).get(0)))
        .isEqualTo("CSV_QUOTE  '\"e1\"x," + GOOD + "': a comma after each closing quote");
    assertThat(describe(read("log.csv", StatusColumn.headerLine() + "\n\"e1," + GOOD).get(0)))
        .isEqualTo("CSV_QUOTE  '\"e1," + GOOD + "': a closing quote");
  }

  @Test
  void everyFaultOfARowIsTold() throws IOException {
    assertThat(
            describe(read("log.csv", StatusColumn.headerLine() + "\n,x,y,,,,,,,,").get(0)).lines())
        .hasSize(8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nonsense                       | JSON_SYNTAX  'Unrecognized token 'nonsense': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')': one JSON object
          [1,2]                          | JSON_SYNTAX  '[1,2]': one JSON object
          {"attempt":1} {"attempt":2}    | JSON_SYNTAX  '{"attempt":1} {"attempt":2}': one JSON object
          {"attempt":1,"attempt":2}      | JSON_SYNTAX  'Duplicate Object property "attempt"': one JSON object
          {"vin":["WVWZZZ1JZXW000001"]}  | JSON_VALUE vin 'an array': a text or a number
          {"vin":{"x":1}}                | JSON_VALUE vin 'an object': a text or a number
          {"vin":true}                   | JSON_VALUE vin 'true or false': a text or a number
          """)
  void json(String line, String message) throws IOException {
    List<StatusRow> rows = read("log.jsonl", line + "\n" + line);

    assertThat(rows).hasSize(2);
    assertThat(rows).allSatisfy(row -> assertThat(describe(row)).isEqualTo(message));
    assertThat(rows).allSatisfy(row -> assertThat(row.raw()).isEqualTo(line));
  }

  @Test
  void aJsonLineThatBreaksOffIsRejectedAlone() throws IOException {
    List<StatusRow> rows = read("log.jsonl", "{\"vin\":\"WVW\n{}\n");

    assertThat(rows.get(0).rejections()).extracting("rule").containsExactly("JSON_SYNTAX");
    assertThat(rows.get(0).raw()).isEqualTo("{\"vin\":\"WVW");
    assertThat(rows.get(1).rejections())
        .extracting("column")
        .containsExactly(
            "event_id", "at", "vin", "module", "campaign", "manifest_version", "attempt", "state");
  }

  private static String describe(StatusRow row) {
    return row.rejections().stream()
        .map(r -> "%s %s '%s': %s".formatted(r.rule(), r.column(), r.found(), r.expected()))
        .collect(Collectors.joining("\n"));
  }

  private List<StatusRow> read(String name, String text) throws IOException {
    StatusLogReader reader =
        new StatusLogReader(Files.writeString(folder.resolve(name), text), () -> 0);
    List<StatusRow> rows = new ArrayList<>();
    reader.open(new ExecutionContext());
    for (StatusRow row = reader.read(); row != null; row = reader.read()) {
      rows.add(row);
    }
    reader.close();
    return rows;
  }
}
