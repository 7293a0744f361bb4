package convoy.data.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {
  @ParameterizedTest
  @CsvSource({
    "0%, 0, 0%",
    "10%, 1000, 10%",
    "12.5%, 1250, 12.5%",
    "12.50 %, 1250, 12.5%",
    "0.01%, 1, 0.01%",
    "99.99%, 9999, 99.99%",
    "100%, 10000, 100%",
    "100.00%, 10000, 100%"
  })
  void percentagesAreExact(String text, int basisPoints, String written) {
    assertThat(Share.parse(text)).isEqualTo(new Share(basisPoints)).hasToString(written);
  }

  @Test
  void everyShareIsReadBackAsItIsWritten() {
    for (int i = 0; i <= Share.WHOLE; i++) {
      assertThat(Share.parse(new Share(i).toString())).isEqualTo(new Share(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "%", "-1%", "100.01%", "120%", "1.234%", "1.%", ".5%", "1,5%"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Share.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "': expected a share from 0% to 100% such as 12.5%");
  }

  @Test
  void nothingAboveTheWholeCanBeMade() {
    assertThatThrownBy(() -> new Share(10_001))
        .hasMessage("10001 basis points: expected 0 to 10000");
  }
}
