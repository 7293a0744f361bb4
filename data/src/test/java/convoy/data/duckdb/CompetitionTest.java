package convoy.data.duckdb;

import static convoy.data.duckdb.Fleet.ecu;
import static convoy.data.duckdb.Fleet.land;
import static convoy.data.duckdb.Fleet.vehicle;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.eligibility.Standing.Assigned;
import convoy.data.preview.CampaignPreview;
import convoy.data.preview.PreviewSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which campaigns compete for a vehicle, by what their updates change and ask for. */
class CompetitionTest extends StoreTest {
  private static final String T1 = "2026-10-01T10:00:00Z";
  private static final String VIN = "WVWZZZ1JZXW000001";

  @BeforeEach
  void fill() {
    land(store, "v.csv", vehicle(2, VIN, "ASTER", "DE", T1));
    land(
        store,
        "e.csv",
        ecu(2, VIN, "ABS", "1.5.0", T1),
        ecu(3, VIN, "GATEWAY", "1.5.0", T1),
        ecu(4, VIN, "INFOTAINMENT", "1.5.0", T1),
        ecu(5, VIN, "TELEMATICS", "1.5.0", T1));
  }

  /**
   * Registers and plans a campaign of an update.
   *
   * @param content what it changes, and after a colon what it asks for: {@code A B: REQUIRES C}
   */
  private void plan(String campaign, int priority, String content) {
    String[] parts = content.split(": *", -1);
    List<String> targets = new ArrayList<>();
    for (String module : parts[0].trim().split(" ", -1)) {
      targets.add(Samples.target(module, targets.size() + 1, "[]", "1.0.0", "2.0.0"));
    }
    String update = Samples.update(campaign, "[]", String.join(",", targets));
    if (parts.length > 1) {
      String[] condition = parts[1].trim().split(" ", -1);
      // The vehicle has the version that is required, and not the one that it conflicts with.
      String from = Fleet.key(condition[0].equals("REQUIRES") ? "1.0.0" : "9.0.0");
      update =
          update.replace(
              "\"conditions\":[]",
              """
              "conditions":[{"kind":"%s","place":1,"module":"%s","range":">=","ranges":[{"low":"%s","high":null}]}]"""
                  .formatted(condition[0], condition[1], from));
    }
    Definitions.registerUpdate(store, campaign, "1.0.0", update, Fleet.NOW);
    Definitions.registerCampaign(
        store,
        campaign,
        Samples.campaign(campaign, campaign, "SCHEDULED", priority, Samples.ALL),
        Fleet.NOW);
    Samples.approve(store, campaign);
    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);
    Waves.plan(store, campaign, List.of("all"), List.of(1L), Fleet.NOW);
  }

  private String standing(String campaign) {
    Assigned assigned =
        Objects.requireNonNull(
            VehicleHistory.standings(store, VIN).stream()
                .filter(s -> s.campaign().equals(campaign))
                .findFirst()
                .orElseThrow()
                .assignment());
    return assigned.waitingFor() == null
        ? assigned.state().name()
        : "%s for %s over %s"
            .formatted(assigned.state(), assigned.waitingFor(), assigned.waitingOver());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ABS | ABS | WAITING for first over ABS",
        "ABS | GATEWAY | PLANNED",
        "ABS GATEWAY | GATEWAY INFOTAINMENT | WAITING for first over GATEWAY",
        "ABS GATEWAY | INFOTAINMENT TELEMATICS | PLANNED",
        "ABS: REQUIRES GATEWAY | GATEWAY | WAITING for first over GATEWAY",
        "ABS | GATEWAY: REQUIRES ABS | WAITING for first over ABS",
        "ABS: CONFLICTS GATEWAY | GATEWAY | WAITING for first over GATEWAY",
        "ABS | GATEWAY: CONFLICTS ABS | WAITING for first over ABS",
        "ABS: REQUIRES TELEMATICS | GATEWAY: REQUIRES TELEMATICS | PLANNED",
        "ABS GATEWAY | ABS GATEWAY | WAITING for first over ABS, GATEWAY",
      })
  void theOneThatGoesFirstIsWaitedForWhereTheUpdatesTouch(
      String first, String second, String expected) {
    plan("first", 60, first);
    plan("second", 50, second);

    Waves.settleCompetition(store, Fleet.NOW);

    assertThat(standing("second")).isEqualTo(expected);
    assertThat(standing("first")).isEqualTo("PLANNED");
    // The preview of the second one, which is not approved yet, says the same.
    CampaignPreview.Conflict conflict =
        Previews.of(
                store,
                new PreviewSubject(
                    "second", Campaigns.find(store, "second").orElseThrow().definition(), Map.of()),
                Fleet.MATCHING,
                Fleet.NOW)
            .conflicts()
            .get(0);
    assertThat(conflict.waitForIt()).isEqualTo(expected.startsWith("WAITING") ? 1 : 0);
    assertThat(conflict.modules())
        .isEqualTo(expected.startsWith("WAITING") ? expected.replaceAll(".* over ", "") : null);
  }

  @Test
  void twoModulesThatAreOneEcuAreNotUnderWayTogether() {
    plan("first", 60, "ABS");
    plan("second", 50, "GATEWAY");
    store.transaction(
        db -> db.text("update ecu set serial = 'ONE' where module in ('ABS', 'GATEWAY')").update());

    Waves.settleCompetition(store, Fleet.NOW);

    assertThat(standing("second")).isEqualTo("WAITING for first over null");
  }

  @Test
  void aThirdCampaignWaitsForTheOneThatItTouchesAlone() {
    plan("first", 70, "ABS");
    plan("second", 60, "GATEWAY");
    plan("third", 50, "GATEWAY INFOTAINMENT");

    Waves.settleCompetition(store, Fleet.NOW);

    assertThat(standing("second")).isEqualTo("PLANNED");
    assertThat(standing("third")).isEqualTo("WAITING for second over GATEWAY");
  }
}
