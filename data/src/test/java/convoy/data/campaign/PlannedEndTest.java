package convoy.data.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannedEndTest {
  private static final PlannedEnd END =
      new PlannedEnd(
          LocalDateTime.parse("2027-01-31T00:00"), ZoneId.of("Europe/Berlin"), EndAct.STOP);

  @Test
  void itIsReadFromTheDefinition() {
    assertThat(
            PlannedEnd.of(
                "{\"ends\":{\"at\":\"2027-01-31T00:00\",\"then\":\"STOP\",\"zone\":\"Europe/Berlin\"}}"))
        .contains(END);
    assertThat(PlannedEnd.of("{}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2027-01-30T22:59:59Z, false, 1",
    "2027-01-30T23:00:00Z, true, 0",
    "2027-01-29T22:59:59Z, false, 2",
    "2027-01-29T23:00:00Z, false, 1",
  })
  void itComesByTheClockOfItsZone(Instant now, boolean isPast, long days) {
    assertThat(END.isPast(now)).isEqualTo(isPast);
    assertThat(END.daysFrom(now)).isEqualTo(days);
  }

  @Test
  void aTimeThatTheClocksSkipIsMovedOn() {
    assertThat(
            new PlannedEnd(
                    LocalDateTime.parse("2027-03-28T02:30"), END.zone(), EndAct.WITHDRAW_OPEN)
                .instant())
        .isEqualTo("2027-03-28T01:30:00Z");
  }
}
