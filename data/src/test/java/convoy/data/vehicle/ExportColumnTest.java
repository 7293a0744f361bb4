package convoy.data.vehicle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExportColumnTest {
  @ParameterizedTest
  @CsvSource({
    "VIN, VIN",
    "Vehicle Identification Number, VIN",
    "FIN, VIN",
    "ECU, MODULE",
    "Part No., HARDWARE_PART",
    "SW Version, SOFTWARE_VERSION",
    "SW-Version, SOFTWARE_VERSION",
    "softwareVersion, SOFTWARE_VERSION",
    "HW, HARDWARE_VERSION",
    "Market, REGION",
    "build_date, MANUFACTURED_ON",
    "Fuel, POWERTRAIN",
    "Model\u00A0Year, MODEL_YEAR",
  })
  void aHeaderIsKnownByItsCommonNames(String header, ExportColumn meant) {
    assertThat(ExportColumn.find(header)).contains(meant);
  }

  @Test
  void aColumnThatConvoyDoesNotUseIsNone() {
    assertThat(ExportColumn.find("Paint Colour")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ExportColumn.class)
  void theCanonicalHeaderAndEverySynonymNameTheColumn(ExportColumn column) {
    assertThat(ExportColumn.find(column.header())).contains(column);
    assertThat(column.synonyms()).allMatch(s -> ExportColumn.find(s).orElseThrow() == column);
  }
}
