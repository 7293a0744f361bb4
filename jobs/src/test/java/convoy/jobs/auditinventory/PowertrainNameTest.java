package convoy.jobs.auditinventory;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.config.PowertrainName;
import convoy.data.vehicle.Powertrain;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PowertrainNameTest {
  @Test
  void theSettingsNameEveryPowertrain() {
    assertThat(Stream.of(PowertrainName.values()).map(Enum::name))
        .containsExactlyElementsOf(Stream.of(Powertrain.values()).map(Enum::name).toList());
  }
}
