package convoy.data.duckdb;

import convoy.data.campaign.RegionZones;
import convoy.data.eligibility.MatchRules;
import convoy.data.eligibility.PlainCampaign;
import convoy.data.eligibility.PlainEligibility;
import convoy.data.eligibility.PlainModules;
import convoy.data.eligibility.PlainUpdate;
import convoy.data.eligibility.PlainVehicle;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What is true, beside a store that was told of it. Everything that happens is done to the store
 * and kept, so that it can be done to another store again.
 */
final class PlainWorld {
  static final Duration STALE_AFTER = Duration.ofDays(300);
  static final Map<String, List<ZoneId>> ZONES =
      Map.of("DE", List.of(ZoneId.of("Europe/Berlin"), ZoneId.of("Europe/Lisbon")));

  final Map<String, PlainVehicle> vehicles = new TreeMap<>();
  final Map<String, PlainCampaign> campaigns = new LinkedHashMap<>();
  final List<PlainUpdate> updates = new ArrayList<>();
  final Set<String> withdrawn = new TreeSet<>();

  /** Campaigns that hold a vehicle, by VIN. */
  final Map<String, Set<String>> holders = new TreeMap<>();

  PlainModules modules = PlainModules.first();
  Instant now = Fleet.NOW;

  private final FleetStore store;
  private final List<Consumer<FleetStore>> history = new ArrayList<>();
  private int told;

  PlainWorld(FleetStore store) {
    this.store = store;
  }

  /** A time later than that of anything before, by a second. */
  Instant next() {
    return now.plusSeconds(++told);
  }

  String nextFile() {
    return "file-%d.csv".formatted(++told);
  }

  void happens(Consumer<FleetStore> event) {
    history.add(event);
    event.accept(store);
  }

  /** All that happened, in another store. */
  void repeat(FleetStore other) {
    history.forEach(event -> event.accept(other));
  }

  MatchRules rules() {
    return new MatchRules(modules.catalog(), STALE_AFTER, new RegionZones(ZONES, ZoneOffset.UTC));
  }

  LocalDateTime local() {
    return LocalDateTime.ofInstant(now, ZoneOffset.UTC);
  }

  /** What the document says at this moment. */
  PlainEligibility document() {
    return new PlainEligibility(
        modules,
        updates.stream().filter(u -> !withdrawn.contains(u.name())).toList(),
        STALE_AFTER,
        ZONES,
        now);
  }

  /** The other campaigns that hold the vehicle and touch this one. */
  Set<String> holders(String vin, String campaign) {
    Set<String> others = new LinkedHashSet<>(holders.getOrDefault(vin, Set.of()));
    others.remove(campaign);
    others.removeIf(other -> !touch(update(campaign), update(other)));
    return others;
  }

  private PlainUpdate update(String campaign) {
    return Objects.requireNonNull(campaigns.get(campaign)).update();
  }

  /** Both change a module, or one asks for something of a module that the other changes. */
  static boolean touch(PlainUpdate one, PlainUpdate other) {
    return concerned(one).stream().anyMatch(changed(other)::contains)
        || concerned(other).stream().anyMatch(changed(one)::contains);
  }

  private static Set<String> concerned(PlainUpdate update) {
    Set<String> modules = changed(update);
    update.conditions().forEach(condition -> modules.add(condition.module()));
    return modules;
  }

  private static Set<String> changed(PlainUpdate update) {
    Set<String> modules = new TreeSet<>();
    update.targets().forEach(target -> modules.add(target.module()));
    return modules;
  }
}
