package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.Share;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorShareTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "20%  | 3    | 3   | -",
        "20%  | 19   | 19  | -",
        "20%  | 20   | 4   | -",
        "20%  | 20   | 5   | 5 of 20 rows (25%) break a rule: expected at most 20%"
            + " (import.max-error-share)",
        "20%  | 1000000 | 200001 | 200,001 of 1,000,000 rows (20.01%) break a rule: expected at"
            + " most 20% (import.max-error-share)",
        "0%   | 20   | 0   | -",
        "0%   | 3000 | 1   | 1 of 3,000 rows (0.04%) break a rule: expected at most 0%"
            + " (import.max-error-share)",
        "0.5% | 1000 | 5   | -",
        "100% | 20   | 20  | -",
      })
  void aFileWithALargerShareIsRefused(String most, long read, long bad, String reason) {
    ErrorShare share = new ErrorShare(Share.parse(most), 20);
    assertThat(share.exceeded(read, bad).orElse(null)).isEqualTo(reason);
  }
}
