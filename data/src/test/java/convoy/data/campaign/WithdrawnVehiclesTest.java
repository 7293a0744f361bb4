package convoy.data.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WithdrawnVehiclesTest {
  private static final String A = "1M8GDM9AXKP042788";
  private static final String B = "WVWZZZ1KZAW000001";

  @Test
  void itsTextSaysWhichVehiclesAndIsReadBack() {
    WithdrawnVehicles named = new WithdrawnVehicles(null, List.of(B, A, B));
    assertThat(named.content()).isEqualTo("{\"vins\":[\"%s\",\"%s\"]}".formatted(A, B));
    WithdrawnVehicles wave = new WithdrawnVehicles(2, List.of());
    assertThat(wave.content()).isEqualTo("{\"wave\":2}");
    assertThat(WithdrawnVehicles.ALL.content()).isEqualTo("{}");
    for (WithdrawnVehicles vehicles : List.of(named, wave, WithdrawnVehicles.ALL)) {
      assertThat(WithdrawnVehicles.parse(vehicles.content())).isEqualTo(vehicles);
    }
    assertThat(named.include(B, 3)).isTrue();
    assertThat(named.include("1M8GDM9AXKP042789", 3)).isFalse();
    assertThat(wave.include(B, 2)).isTrue();
    assertThat(wave.include(B, 3)).isFalse();
    assertThat(WithdrawnVehicles.ALL.include(B, 3)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"wave\":0} | signed vehicles: wave: found '0', expected a whole number, 1 or more",
        "{\"wave\":2,\"vins\":[]} | signed vehicles: found the fields [vins, wave], expected []",
        "{\"vins\":[]} | signed vehicles: found other text than the canonical form '{}'",
        "{ \"wave\":2} | signed vehicles: found other text than the canonical form '{\"wave\":2}'",
        "{\"vins\":[\"x\"]} | --vin 'x': expected 17 characters of the VIN alphabet",
      })
  void otherTextIsRefused(String content, String message) {
    assertThatThrownBy(() -> WithdrawnVehicles.parse(content)).hasMessage(message);
  }

  @Test
  void aWaveAndVehiclesAreNotMeantTogether() {
    assertThatThrownBy(() -> new WithdrawnVehicles(1, List.of(A)))
        .hasMessage("found --wave and --vin, expected one of them");
    assertThatThrownBy(() -> new WithdrawnVehicles(0, List.of()))
        .hasMessage("--wave '0': expected 1 or more");
  }
}
