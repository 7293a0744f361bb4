package convoy.data.campaign.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.VehicleFacts;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "region = DE | region = DE",
        "region='DE' | region = DE",
        "model = Alder | model = \"Alder\"",
        "model = 'Alder \"X\"' | model = \"Alder \"\"X\"\"\"",
        "plant in (WOB, \"Emden 2\") | plant in (\"WOB\", \"Emden 2\")",
        "plant not in (WOB) | not plant in (\"WOB\")",
        "region in (IN, NO) | region in (IN, NO)",
        "built >= 2025-03-01 and built < 2025-04-01 | built >= 2025-03-01 and built < 2025-04-01",
        "model-year != 2025 or region = DE and not vin = 1M8GDM9AXKP042788 | model-year != 2025 or (region = DE and not vin = 1M8GDM9AXKP042788)",
        "((region = DE)) and (region = DE or not (powertrain = GAS)) | region = DE and (region = DE or not powertrain = GAS)",
      })
  void isWrittenInOneWay(String text, String written) {
    assertThat(Filter.parse(text).text()).isEqualTo(written);
    assertThat(Filter.parse(written)).isEqualTo(Filter.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "regoin = DE | 1: unknown fact 'regoin', did you mean 'region'?",
        "region = DE and modelyear = 2025 | 17: unknown fact 'modelyear', did you mean 'model-year'?",
        "Region = DE | 1: unknown fact 'Region', did you mean 'region'?",
        "xyz = DE | 1: unknown fact 'xyz': expected one of region, model, model-year, powertrain, plant, built, vin",
        "region == DE | 8: '==', did you mean '='?",
        "region <> DE | 8: '<>', did you mean '!='?",
        "region ~ DE | 8: '~': expected =, !=, <, <=, >, >= or in",
        "region DE | 8: 'DE': expected =, !=, <, <=, >, >= or in",
        "region = DE && plant = X | 13: '&&', did you mean 'and'?",
        "region = DE AND plant = X | 13: 'AND', did you mean 'and'?",
        "region = DE plant = X | 13: 'plant': expected and, or, or the end",
        "region > DE | 8: region '>': expected =, != or in, as it has no order",
        "region = Germany | 10: region 'Germany': expected a two-letter code such as DE",
        "region = | 9: the end: expected a two-letter code such as DE",
        "powertrain = DIESL | 14: powertrain 'DIESL': expected one of PETROL, DIESEL, HYBRID, PLUG_IN_HYBRID, ELECTRIC, FUEL_CELL, GAS",
        "built >= 2025 | 10: built '2025': expected a date such as 2025-03-01",
        "built = 2025-02-30 | 9: built '2025-02-30': expected a date such as 2025-03-01",
        "model-year < soon | 14: model-year 'soon': expected a year such as 2025",
        "vin = WVW | 7: vin 'WVW': expected a VIN: 17 digits and capital letters without I, O and Q",
        "region in DE | 11: 'DE': expected '(' after in",
        "region in () | 12: ')': expected a two-letter code such as DE",
        "region in (DE FR) | 15: 'FR': expected ',' or ')'",
        "region in (DE, DE) | 16: 'DE': expected each value once",
        "(region = DE | 13: the end: expected and, or, or ')'",
        "region = DE) | 12: ')': expected and, or, or the end",
        "not | 4: the end: expected a fact of the vehicle: region, model, model-year, powertrain, plant, built, vin",
        "region not = DE | 12: '=': expected in after not",
        "model = \"Alder | 9: a quote is opened and not closed on its line",
        "model = \" \" | 9: model ' ': expected text of one line without outer spaces",
        "region = DE; drop | 12: character ';': expected a fact, an operator, a value or a parenthesis; other text is a value in quotes",
      })
  void whatIsWrongIsSaidWithItsPlace(String text, String message) {
    int column = Integer.parseInt(message.substring(0, message.indexOf(':')));
    assertThatThrownBy(() -> Filter.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "line 1 column %s%n  %s%n  %s^".formatted(message, text, " ".repeat(column - 1)));
  }

  @Test
  void ofALongTextTheLineAroundThePlaceIsShown() {
    String text =
        "region = DE\nand " + "region = DE and ".repeat(10) + "regoin = DE\nand region = FR";

    assertThatThrownBy(() -> Filter.parse(text))
        .hasMessage(
            "line 2 column 165: unknown fact 'regoin', did you mean 'region'?%n  %s%n  %s^"
                .formatted(" and region = DE".repeat(4) + " and regoin = DE", " ".repeat(69)));
  }

  @Test
  void neitherDepthNorLengthIsWithoutEnd() {
    assertThatThrownBy(() -> Filter.parse("(".repeat(51) + "region = DE" + ")".repeat(51)))
        .hasMessageContaining("column 51: more than 50 conditions in one another");
    assertThatThrownBy(() -> Filter.parse("region = DE or ".repeat(700) + "region = DE"))
        .hasMessage(
            "of 10,511 characters: expected at most 10,000; a long list of vehicles is a file for vins");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "plant = WOB | WOB | true",
        "plant = WOB | null | false",
        "plant != WOB | null | false",
        "not plant = WOB | null | false",
        "not plant in (WOB) | null | false",
        "plant = WOB or region = DE | null | true",
        "plant = WOB and region = FR | null | false",
        "not (plant = WOB and region = FR) | null | true",
        "not (plant = WOB or region = FR) | null | false",
        "built >= 2025-03-01 | null | true",
        "built > 2025-03-01 | null | false",
        "model-year <= 2024 | null | false",
      })
  void anAbsentFactNeverLetsAVehiclePass(String filter, @Nullable String plant, boolean passes) {
    VehicleFacts vehicle =
        new VehicleFacts(
            "1M8GDM9AXKP042788",
            "Alder",
            2025,
            Powertrain.PETROL,
            "DE",
            null,
            null,
            LocalDate.parse("2025-03-01"),
            plant);
    assertThat(Filter.parse(filter).passes(vehicle)).isEqualTo(passes);
  }

  @Test
  void namesTheFactsThatItAsksFor() {
    assertThat(Filter.parse("not (plant = A or built > 2025-01-01) and plant in (B)").facts())
        .containsExactly(Fact.PLANT, Fact.BUILT);
  }
}
