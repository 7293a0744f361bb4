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
    Optional<String> problem = problem(shard.campaign());
    if (problem.isPresent() || vehicles == null) {
      return problem;
    }
    return Issuing.versions(store, shard).keySet().stream()
        .sorted()
        .flatMap(vin -> problem(shard.campaign(), vin, shard.wave()).stream())
        .findFirst();
  }

  /** Why it takes nothing back of that campaign, as a sentence; empty when it holds. */
  private Optional<String> problem(String found) {
    return campaign.equals(found)
        ? Optional.ofNullable(refusal)
        : Optional.of(
            "found no %s %d of campaign %s"
                .formatted(orders.name().toLowerCase(Locale.ROOT), number, found));
  }

  /** Why it takes nothing back of one vehicle, as a sentence; empty when it does. */
  Optional<String> problem(String found, String vin, int wave) {
    Optional<String> problem = problem(found);
    return problem.isPresent() || vehicles == null || vehicles.include(vin, wave)
        ? problem
        : Optional.of(
            "it is signed for %s, found vehicle %s of wave %d"
                .formatted(vehicles.words(), vin, wave));
  }
}
