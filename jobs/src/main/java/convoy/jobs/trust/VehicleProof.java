package convoy.jobs.trust;

import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.duckdb.VehicleOrders;
import convoy.data.duckdb.VehicleOrders.Order;
import convoy.data.error.ConvoyException;
import convoy.data.trust.SignedAct;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The order's part of a proof: that it stands, and is over the shard's vehicles.
 *
 * @param campaign of which it takes something back; empty where there is no such order
 * @param vehicles those that it may be over; null: by the campaign's definition, all of them
 * @param refusal why it takes nothing back, as a sentence; null when it holds
 */
record VehicleProof(
    VehicleOrders orders,
    long number,
    String campaign,
    @Nullable WithdrawnVehicles vehicles,
    @Nullable String refusal)
    implements ShardProof {

  /**
   * Proves the order of that number.
   *
   * @param kind of the act, where a person gave it
   * @param planProblem why a campaign's definition gives none, as a sentence; empty when it does
   */
  static VehicleProof of(
      VehicleOrders orders,
      long number,
      FleetStore store,
      VehicleActs acts,
      SignedAct.Kind kind,
      Function<String, Optional<String>> planProblem) {
    Order order = orders.find(store, number).orElse(null);
    if (order == null) {
      return new VehicleProof(orders, number, "", null, null);
    }
    String campaign = order.campaign();
    Long act = order.act();
    WithdrawnVehicles vehicles = null;
    String refusal = null;
    try {
      if (act == null) {
        refusal = planProblem.apply(campaign).orElse(null);
      } else {
        vehicles =
            acts.kept(store, kind, act, campaign, String.valueOf(order.vehicles())).vehicles();
      }
    } catch (ConvoyException e) {
      refusal = String.valueOf(e.getMessage());
    }
    return new VehicleProof(orders, number, campaign, vehicles, refusal);
  }

  @Override
  public Optional<String> problem(FleetStore store, Issuing.Shard shard) {
    if (!campaign.equals(shard.campaign())) {
      return Optional.of(
          "found no %s %d of campaign %s"
              .formatted(orders.name().toLowerCase(Locale.ROOT), number, shard.campaign()));
    }
    if (refusal != null) {
      return Optional.of(refusal);
    }
    return vehicles == null ? Optional.empty() : outsider(store, shard, vehicles);
  }

  /** A vehicle of the shard that the act does not name, as a sentence. */
  private static Optional<String> outsider(
      FleetStore store, Issuing.Shard shard, WithdrawnVehicles signed) {
    return Issuing.versions(store, shard).keySet().stream()
        .filter(vin -> !signed.include(vin, shard.wave()))
        .sorted()
        .findFirst()
        .map(
            vin ->
                "it is signed for %s, found vehicle %s of wave %d"
                    .formatted(signed.words(), vin, shard.wave()));
  }
}
