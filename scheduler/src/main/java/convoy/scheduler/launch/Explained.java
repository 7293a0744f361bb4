package convoy.scheduler.launch;

import convoy.data.duckdb.AttackAlerts;
import convoy.data.duckdb.Explanations;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Inventory;
import convoy.data.duckdb.VehicleHistory;
import convoy.data.eligibility.Assessment;
import convoy.data.eligibility.MatchRules;
import convoy.data.eligibility.NextStep;
import convoy.data.eligibility.Standing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that Convoy can say of one vehicle.
 *
 * @param ecus by module
 * @param campaigns in the order in which campaigns go first
 * @param manifests oldest first
 * @param events oldest first
 * @param rejections what it sent and Convoy rejected, oldest first
 * @param alerts attacks that its ECUs detected, oldest first
 */
public record Explained(
    Inventory.Vehicle vehicle,
    List<Inventory.Ecu> ecus,
    List<Campaign> campaigns,
    List<VehicleHistory.Manifest> manifests,
    List<VehicleHistory.Event> events,
    List<VehicleHistory.Rejection> rejections,
    List<AttackAlerts.Alert> alerts) {

  /**
   * The vehicle in one campaign.
   *
   * @param assessment what it decides on the vehicle; null when the campaign is over
   * @param next what happens next
   */
  public record Campaign(Standing standing, @Nullable Assessment assessment, String next) {}

  /**
   * Looks the vehicle up as it is at this moment.
   *
   * @param written its VIN
   * @throws convoy.data.error.ConvoyException USAGE when there is no such vehicle
   */
  public static Explained of(FleetStore store, String written, MatchRules rules, Instant now) {
    String vin = Vehicles.vin(written);
    return store.readVehicle(vin, one -> explain(one, vin, rules, now));
  }

  private static Explained explain(FleetStore store, String vin, MatchRules rules, Instant now) {
    Inventory.Vehicle vehicle = Vehicles.find(store, vin);
    List<Assessment> assessments = Explanations.of(store, vin, rules, now);
    return new Explained(
        vehicle,
        Inventory.ecus(store, vin),
        VehicleHistory.standings(store, vin).stream()
            .map(standing -> campaign(standing, assessments))
            .toList(),
        VehicleHistory.manifests(store, vin),
        VehicleHistory.events(store, vin),
        VehicleHistory.rejections(store, vin),
        AttackAlerts.ofVehicle(store, vin));
  }

  private static Campaign campaign(Standing standing, List<Assessment> assessments) {
    Assessment mine =
        assessments.stream()
            .filter(a -> a.campaign().equals(standing.campaign()))
            .findFirst()
            .orElse(null);
    return new Campaign(standing, mine, NextStep.of(standing, mine));
  }
}
