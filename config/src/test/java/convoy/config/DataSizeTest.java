package convoy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {
  @ParameterizedTest
  @CsvSource({
    "1B, 1",
    "4GB, 4000000000",
    "4 GB, 4000000000",
    "4GiB, 4294967296",
    "512MiB, 536870912",
    "3KB, 3000",
    "9TB, 9000000000000"
  })
  void unitsArePowersOf1000OrWithAnIOf1024(String text, long bytes) {
    assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
    assertThat(DataSize.parse(DataSize.parse(text).toString())).isEqualTo(DataSize.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4", "4G", "4gb", "-1GB", "0B", "1.5GB", "999999999TB", "iB"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> DataSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "': expected a size such as 4GB or 512MiB");
  }
}
