package convoy.data.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.AudienceSize.Limit;
import convoy.data.campaign.AudienceSize.ListSize;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudienceSizeTest {
  private static AudienceSize of(long fleet, long vehicles, ListSize... lists) {
    return new AudienceSize(fleet, vehicles, List.of(lists));
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 500, false",
    "1000, 501, true",
    "999, 999, false",
    "0, 0, false",
    "10000000, 5000001, true",
  })
  void aCampaignAboveTheLimitIsToBeConfirmed(long fleet, long vehicles, boolean asks) {
    assertThat(of(fleet, vehicles).excess(new Limit(Share.parse("50%"), 1000)).isPresent())
        .isEqualTo(asks);
  }

  @Test
  void theNumbersAreSaid() {
    assertThat(of(1_000_000, 812_399).excess(new Limit(Share.parse("50%"), 1000)))
        .contains(
            "its audience is 812,399 of the fleet's 1,000,000 vehicles (81.2%), more than campaign.max-share 50%");
  }

  @Test
  void nobodyIsNoAudience() {
    assertThat(of(1000, 0).problem())
        .contains(
            "audience: found none of the fleet's 1,000 vehicles that is in it and of the update's models and powertrains, expected one or more");
    assertThat(of(1000, 1).problem()).isEmpty();
    assertThat(of(0, 0).problem()).isEmpty();
  }

  @Test
  void aListThatTheFleetDoesNotKnowIsRefusedAndOneThatItKnowsInPartIsTold() {
    ListSize unknown = new ListSize(VinList.Kind.EXCLUDED, "sold.csv", 3, 3);
    ListSize partly = new ListSize(VinList.Kind.ONLY, "recall.csv", 1500, 3);

    assertThat(of(1000, 5, partly, unknown).problem())
        .contains("exclude sold.csv: found none of its 3 VINs in the fleet, expected one or more");
    assertThat(of(1000, 5, partly).problem()).isEmpty();
    assertThat(of(1000, 5, partly).warnings())
        .containsExactly("vins recall.csv: 3 of its 1,500 VINs are not in the fleet");
    assertThat(of(0, 0, partly, unknown).warnings()).isEmpty();
  }

  @Test
  void theDigestOfAListIsThatOfItsSortedVins() {
    // printf 'A\nB\n' | sha256sum
    assertThat(new VinList("x.csv", List.of("B", "A")).sha256())
        .isEqualTo("daee1cd25194ae952d046ad9b9c81d3c07dc5332440b58d6d7461b248be56712");
  }
}
