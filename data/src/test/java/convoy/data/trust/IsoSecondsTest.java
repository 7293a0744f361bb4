package convoy.data.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoSecondsTest {

  @Test
  void fractionsAreCutOff() {
    assertThat(IsoSeconds.format(Instant.parse("2026-03-01T12:00:59.999Z")))
        .isEqualTo("2026-03-01T12:00:59Z");
    assertThat(IsoSeconds.parse("2026-03-01T12:00:59Z"))
        .contains(Instant.parse("2026-03-01T12:00:59Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-03-01",
        "2026-03-01T12:00:00.5Z",
        "2026-03-01T12:00:00+0",
        "2026-02-30T12:00:00Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01t12:00:00z",
        "2026-03-01 12:00:00Z"
      })
  void otherFormsAreNotRead(String text) {
    assertThat(IsoSeconds.parse(text)).isEmpty();
  }

  @Test
  void yearsHaveFourDigits() {
    assertThatThrownBy(() -> IsoSeconds.format(Instant.parse("+10000-01-01T00:00:00Z")))
        .hasMessage("time +10000-01-01T00:00:00Z: expected a year from 0000 to 9999");
  }
}
