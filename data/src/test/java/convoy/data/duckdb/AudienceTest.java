package convoy.data.duckdb;

import static convoy.data.duckdb.Fleet.ecu;
import static convoy.data.duckdb.Fleet.land;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.AudienceSize;
import convoy.data.campaign.VinList;
import convoy.data.eligibility.Assessment;
import convoy.data.vehicle.CheckedRow;
import convoy.data.vehicle.ExportKind;
import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.VehicleFacts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a campaign is for, beyond regions, models and powertrains. */
class AudienceTest extends StoreTest {
  private static final VinList ONLY = new VinList("recall.csv", List.of("A", "B", "UNKNOWN"));
  private static final VinList SOLD = new VinList("sold.csv", List.of("B"));

  /**
   * A: built on 1 March 2025 in WOB; B: a day later, in Emden 2; C: on 3 March, nobody knows where.
   */
  @BeforeEach
  void fill() {
    land(
        store,
        "v.csv",
        vehicle("A", "2025-03-01", "WOB", "2026-10-01T10:00:00Z"),
        vehicle("B", "2025-03-02", "Emden 2", "2026-10-01T10:00:00Z"),
        vehicle("C", "2025-03-03", null, "2026-10-01T10:00:00Z"));
    land(
        store,
        "e.csv",
        ecu(2, "A", "ABS", "2.0.1", "2026-10-01T10:00:00Z"),
        ecu(3, "B", "ABS", "2.0.1", "2026-10-01T10:00:00Z"),
        ecu(4, "C", "ABS", "2.0.1", "2026-10-01T10:00:00Z"));
  }

  /** An audience, the vehicles that are eligible, and what is found in B and in C. */
  private record Case(String audience, List<String> eligible, String ofB, String ofC) {}

  private static final List<Case> CASES =
      List.of(
          new Case(
              "\"plants\":[\"WOB\",\"X\"]",
              List.of("A"),
              "NOT_IN_AUDIENCE plant Emden 2 / plant WOB or X",
              "NOT_IN_AUDIENCE no plant / plant WOB or X"),
          new Case(
              "\"built\":{\"from\":\"2025-03-02\",\"to\":\"2025-03-02\"}",
              List.of("B"),
              "",
              "NOT_IN_AUDIENCE built 2025-03-03 / built from 2025-03-02 to 2025-03-02"),
          new Case(
              "\"built\":{\"from\":null,\"to\":\"2025-03-01\"}",
              List.of("A"),
              "NOT_IN_AUDIENCE built 2025-03-02 / built to 2025-03-01",
              "NOT_IN_AUDIENCE built 2025-03-03 / built to 2025-03-01"),
          new Case(
              "\"filter\":\"plant = \\\"WOB\\\" or built = 2025-03-03\"",
              List.of("A", "C"),
              "NOT_IN_AUDIENCE plant Emden 2, built 2025-03-02 / plant = \"WOB\" or built = 2025-03-03",
              ""),
          new Case(
              "\"filter\":\"not plant = \\\"WOB\\\"\"",
              List.of("B"),
              "",
              "NOT_IN_AUDIENCE plant unknown / not plant = \"WOB\""),
          new Case(
              "\"plants\":[\"WOB\"],\"filter\":\"model-year = 2024\"",
              List.of(),
              "NOT_IN_AUDIENCE plant Emden 2 / plant WOB,"
                  + " NOT_IN_AUDIENCE model-year 2025 / model-year = 2024",
              "NOT_IN_AUDIENCE no plant / plant WOB,"
                  + " NOT_IN_AUDIENCE model-year 2025 / model-year = 2024"),
          new Case(
              "VINS",
              List.of("A", "B"),
              "",
              "NOT_IN_AUDIENCE C / a vehicle on the list recall.csv"),
          new Case(
              "EXCLUDE",
              List.of("A", "C"),
              "EXCLUDED B / not on the campaign's list of vehicles to leave out (sold.csv)",
              ""),
          new Case(
              "VINS,EXCLUDE",
              List.of("A"),
              "EXCLUDED B / not on the campaign's list of vehicles to leave out (sold.csv)",
              "NOT_IN_AUDIENCE C / a vehicle on the list recall.csv"));

  @Test
  void isDecidedExplainedAndCountedAlike() {
    for (int i = 0; i < CASES.size(); i++) {
      register("c" + i, CASES.get(i).audience());
    }

    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);

    Map<String, String> ofB = findings("B");
    Map<String, String> ofC = findings("C");
    for (int i = 0; i < CASES.size(); i++) {
      String campaign = "c" + i;
      Case expected = CASES.get(i);
      assertThat(
              new Case(
                  expected.audience(),
                  eligible(campaign),
                  ofB.getOrDefault(campaign, "none"),
                  ofC.getOrDefault(campaign, "none")))
          .isEqualTo(expected);
      assertThat(size(campaign).vehicles()).isEqualTo(expected.eligible().size());
    }
  }

  @Test
  void aVehicleWhosePlantBecomesKnownJoinsAtTheNextMatching() {
    register("c", "\"plants\":[\"WOB\"]");
    // Enough others that the next matching looks at what changed alone.
    land(
        store,
        "more.csv",
        vehicle("D", "2025-03-01", "X", "2026-10-01T10:00:00Z"),
        vehicle("E", "2025-03-01", "X", "2026-10-01T10:00:00Z"));
    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);

    land(store, "later.csv", vehicle("C", "2025-03-03", "WOB", "2026-10-02T10:00:00Z"));
    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);

    assertThat(eligible("c")).containsExactly("A", "C");
    assertThat(Eligibility.counts(store, "c").eligible()).isEqualTo(2);
    assertThat(Eligibility.counts(store, "c").ineligible()).isEqualTo(3);
  }

  @Test
  void howMuchOfTheFleetItMayReachIsKnownBeforeAnythingIsMatched() {
    register("c", "VINS,EXCLUDE");

    assertThat(size("c"))
        .isEqualTo(
            new AudienceSize(
                3,
                1,
                List.of(
                    new AudienceSize.ListSize(VinList.Kind.ONLY, "recall.csv", 3, 1),
                    new AudienceSize.ListSize(VinList.Kind.EXCLUDED, "sold.csv", 1, 0))));
  }

  private static final Map<String, String> ATTACKS =
      Map.of(
          "insert into campaign_vin values ('c', 'ONLY', 'C')", "campaign_vin",
          "delete from campaign_vin where vin = 'UNKNOWN'", "campaign_vin",
          "delete from campaign_vin where kind = 'EXCLUDED'", "campaign_vin",
          "update campaign_vin set vin = 'C' where vin = 'A'", "campaign_vin",
          "insert into campaign_vin values ('c', 'ONLY', 'A')", "campaign_vin",
          "update campaign set vins_file = null", "campaign",
          "update campaign set plants = ['X']", "campaign",
          "update campaign set filter = null", "campaign",
          "update campaign set built_from = null", "campaign",
          "update campaign set exclude_file = 'x.csv'", "campaign");

  @Test
  void whatIsAlteredInTheStoreStopsTheCampaign() {
    ATTACKS.forEach(
        (attack, table) -> {
          register(
              "c",
              "VINS,EXCLUDE,\"plants\":[\"WOB\"],\"filter\":\"region = DE\",\"built\":{\"from\":\"2025-01-01\",\"to\":null}");
          assertThat(alteration()).isEqualTo("none");

          change(attack);

          assertThat(alteration())
              .as(attack)
              .isEqualTo("rows of table %s were altered in the store".formatted(table));
          change("delete from campaign");
          change("delete from campaign_vin");
        });
  }

  @Test
  void aFilterThatIsMadeUnreadableInTheStoreLetsNobodyPass() {
    register("c", "\"filter\":\"region = DE\"");
    change("update campaign set filter = '1 = 1) or ('");

    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);

    assertThat(eligible("c")).isEmpty();
    assertThat(alteration()).isEqualTo("rows of table campaign were altered in the store");
  }

  private void register(String campaign, String audience) {
    if (Definitions.update(store, "brakes", "1.0.0").isEmpty()) {
      Definitions.registerUpdate(store, "brakes", "1.0.0", Samples.BRAKES, Fleet.NOW);
    }
    Map<VinList.Kind, VinList> lists = new EnumMap<>(VinList.Kind.class);
    if (audience.contains("VINS")) {
      lists.put(VinList.Kind.ONLY, ONLY);
    }
    if (audience.contains("EXCLUDE")) {
      lists.put(VinList.Kind.EXCLUDED, SOLD);
    }
    String json =
        "\"audience\":{\"regions\":[],\"models\":[],\"powertrains\":[],\"excludedVins\":[],"
            + audience
                .replace("VINS", entry("vins", ONLY))
                .replace("EXCLUDE", entry("exclude", SOLD))
            + "}";
    Definitions.registerCampaign(
        store,
        campaign,
        Samples.campaign(campaign, "brakes", "SCHEDULED", 50, json),
        lists,
        size -> {},
        Fleet.NOW);
  }

  private AudienceSize size(String campaign) {
    return store.read(db -> Audiences.size(db, campaign));
  }

  private static String entry(String key, VinList list) {
    return "\"%s\":{\"file\":\"%s\",\"sha256\":\"%s\",\"count\":%d}"
        .formatted(key, list.file(), list.sha256(), list.vins().size());
  }

  private void change(String sql) {
    store.transaction(db -> db.text(sql).update());
  }

  private List<String> eligible(String campaign) {
    return store.read(
        db ->
            db.text("select vin from eligible where campaign = :campaign order by vin")
                .param("campaign", campaign)
                .query(String.class)
                .list());
  }

  private Map<String, String> findings(String vin) {
    return Explanations.of(store, vin, Fleet.MATCHING, Fleet.NOW).stream()
        .collect(
            Collectors.toMap(
                Assessment::campaign,
                a ->
                    a.findings().stream()
                        .map(f -> f.reason() + " " + f.found() + " / " + f.expected())
                        .collect(Collectors.joining(", "))));
  }

  private String alteration() {
    return Definitions.alteration(store, Campaigns.find(store, "c").orElseThrow()).orElse("none");
  }

  private static CheckedRow vehicle(
      String vin, String built, @Nullable String plant, String observedAt) {
    return new CheckedRow(
        ExportKind.VEHICLES,
        null,
        2,
        "raw",
        new VehicleFacts(
            vin, "ASTER", 2025, Powertrain.PETROL, "DE", null, null, LocalDate.parse(built), plant),
        null,
        Instant.parse(observedAt),
        List.of(),
        List.of());
  }
}
