package convoy.jobs.resubmit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A JSON line gets its mark once and stays as good or as broken as it was. */
class RowMarkTest {
  private final RowMark mark = new RowMark(Instant.parse("2026-11-21T23:30:00Z"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          {"a":1}                            | {M,"a":1}
          {}                                 | {M}
          { }                                | {M }
          {"a":                              | {M,"a":
          {,"a":1}                           | {M,,"a":1}
          {"resubmitted":"2026","a":1}       | {M,"a":1}
          {"a":1,"resubmitted":"2026-11"}    | {"a":1,M}
          [{"a":1}]                          | [{"a":1}]
          text                               | text
          """)
  void aLine(String line, String expected) {
    assertThat(mark.json(line))
        .isEqualTo(expected.replace("M", "\"resubmitted\":\"2026-11-21T23:30:00Z\""));
  }
}
