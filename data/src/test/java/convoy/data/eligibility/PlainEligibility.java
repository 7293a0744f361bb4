package convoy.data.eligibility;

import convoy.data.eligibility.PlainUpdate.Target;
import convoy.data.eligibility.PlainVehicle.Ecu;
import convoy.data.update.UpdateCondition.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * "Which vehicles it fits" of docs/formats/definitions.md, sentence by sentence, for one vehicle
 * and one campaign: slow, and without kinds, keys, bits or SQL. The measure for the matching.
 *
 * @param inUse the registered updates that are not withdrawn
 * @param zones by region; a region that is not there is in UTC
 */
public record PlainEligibility(
    PlainModules modules,
    List<PlainUpdate> inUse,
    Duration staleAfter,
    Map<String, List<ZoneId>> zones,
    Instant now) {
  private static final Set<Reason> LEAVE_OPEN = Set.of(Reason.STALE_DATA, Reason.VERSION_UNKNOWN);
  private static final Set<Reason> HOLD =
      Set.of(Reason.BUSY_WITH_OTHER_CAMPAIGN, Reason.OUTSIDE_WINDOW);

  /** A reason; of an ECU, with its module and the file and line that told of it. */
  public record Why(Reason reason, @Nullable String module, @Nullable String source) {}

  /** The verdict with all reasons. */
  public record Decision(Verdict verdict, List<Why> reasons) {}

  /**
   * @param holders other campaigns that touch this one, and have an open manifest for the vehicle
   *     or go first
   */
  public Decision of(PlainVehicle vehicle, PlainCampaign campaign, Set<String> holders) {
    List<Why> why = new ArrayList<>();
    ofVehicle(vehicle, campaign, why);
    PlainUpdate update = campaign.update();
    for (Target target : update.targets()) {
      ofTarget(vehicle, update, target, why);
    }
    ofConditions(vehicle, update, why);
    if (update.targets().stream().allMatch(target -> isIn(vehicle, target))) {
      for (Target target : update.targets()) {
        Ecu ecu = Objects.requireNonNull(vehicle.ecus().get(target.module()));
        why.add(new Why(Reason.ALREADY_CURRENT, target.module(), ecu.source()));
      }
    }
    if (!why.isEmpty()) {
      boolean isOpen = why.stream().allMatch(w -> LEAVE_OPEN.contains(w.reason()));
      return new Decision(
          isOpen ? Verdict.UNKNOWN : Verdict.INELIGIBLE, why.stream().distinct().toList());
    }
    if (!holders.isEmpty()) {
      why.add(new Why(Reason.BUSY_WITH_OTHER_CAMPAIGN, null, null));
    }
    if (!isWindowOpen(vehicle, campaign)) {
      why.add(new Why(Reason.OUTSIDE_WINDOW, null, null));
    }
    return new Decision(Verdict.ELIGIBLE, why);
  }

  /** Whether a manifest may go out now, holders aside. */
  public boolean mayGoOut(PlainVehicle vehicle, PlainCampaign campaign) {
    Decision decision = of(vehicle, campaign, Set.of());
    return decision.verdict() == Verdict.ELIGIBLE
        && decision.reasons().stream().noneMatch(why -> HOLD.contains(why.reason()));
  }

  /** Whether the vehicle has the module in the version that the update brings. */
  public boolean isIn(PlainVehicle vehicle, Target target) {
    Ecu ecu = vehicle.ecus().get(target.module());
    return ecu != null
        && Objects.equals(
            modules.place(target.module(), ecu.version()),
            modules.place(target.module(), target.to()));
  }

  private void ofVehicle(PlainVehicle vehicle, PlainCampaign campaign, List<Why> why) {
    PlainUpdate update = campaign.update();
    String source = vehicle.source();
    when(vehicle.isRetired(), Reason.RETIRED, source, why);
    when(misses(update.models(), vehicle.model()), Reason.WRONG_MODEL, source, why);
    when(misses(update.powertrains(), vehicle.powertrain()), Reason.WRONG_POWERTRAIN, source, why);
    when(misses(campaign.regions(), vehicle.region()), Reason.REGION_RESTRICTED, source, why);
    when(
        misses(campaign.models(), vehicle.model())
            || misses(campaign.powertrains(), vehicle.powertrain()),
        Reason.NOT_IN_AUDIENCE,
        source,
        why);
    when(campaign.excluded().contains(vehicle.vin()), Reason.EXCLUDED, source, why);
    when(vehicle.heardAt().isBefore(now.minus(staleAfter)), Reason.STALE_DATA, source, why);
  }

  private void ofTarget(PlainVehicle vehicle, PlainUpdate update, Target target, List<Why> why) {
    String module = target.module();
    Ecu ecu = vehicle.ecus().get(module);
    if (ecu == null) {
      why.add(new Why(Reason.MODULE_MISSING, module, null));
      return;
    }
    if (misses(target.hardware(), ecu.hardware())
        || misses(target.hardwareVersions(), ecu.hardwareVersion())) {
      why.add(new Why(Reason.HARDWARE_UNSUPPORTED, module, ecu.source()));
    }
    if (misses(target.protocols(), ecu.protocol())) {
      why.add(new Why(Reason.PROTOCOL_UNSUPPORTED, module, ecu.source()));
    }
    Integer place = modules.place(module, ecu.version());
    if (place == null) {
      why.add(new Why(Reason.VERSION_UNKNOWN, module, ecu.source()));
      return;
    }
    int to = Objects.requireNonNull(modules.place(module, target.to()));
    if (place == to) {
      return;
    }
    if (place > to && !update.allowDowngrade()) {
      why.add(new Why(Reason.WOULD_DOWNGRADE, module, ecu.source()));
    } else if (!target.from().contains(place)) {
      why.add(
          new Why(
              target.from().isAbove(place) ? Reason.VERSION_TOO_OLD : Reason.VERSION_UNSUPPORTED,
              module,
              ecu.source()));
    }
    if (update.wayBackRequired() && !hasWayBack(module, place, ecu)) {
      why.add(new Why(Reason.NO_WAY_BACK, module, ecu.source()));
    }
  }

  private boolean hasWayBack(String module, int place, Ecu ecu) {
    for (PlainUpdate update : inUse) {
      for (Target target : update.targets()) {
        if (target.module().equals(module)
            && Objects.equals(modules.place(module, target.to()), place)
            && !misses(target.hardware(), ecu.hardware())
            && !misses(target.hardwareVersions(), ecu.hardwareVersion())
            && target.images().stream().anyMatch(image -> !misses(image, ecu.hardware()))) {
          return true;
        }
      }
    }
    return false;
  }

  private void ofConditions(PlainVehicle vehicle, PlainUpdate update, List<Why> why) {
    for (PlainUpdate.Condition condition : update.conditions()) {
      Ecu ecu = vehicle.ecus().get(condition.module());
      boolean isRequired = condition.kind() == Kind.REQUIRES;
      if (ecu == null) {
        if (isRequired) {
          why.add(new Why(Reason.DEPENDENCY_UNMET, condition.module(), null));
        }
        continue;
      }
      Integer place = modules.place(condition.module(), ecu.version());
      boolean isInRange = condition.range().contains(place);
      if (isRequired ? !isInRange : isInRange) {
        why.add(
            new Why(
                isRequired && place == null
                    ? Reason.VERSION_UNKNOWN
                    : isRequired ? Reason.DEPENDENCY_UNMET : Reason.CONFLICT,
                condition.module(),
                ecu.source()));
      } else if (!isRequired && place == null) {
        why.add(new Why(Reason.VERSION_UNKNOWN, condition.module(), ecu.source()));
      }
    }
  }

  private boolean isWindowOpen(PlainVehicle vehicle, PlainCampaign campaign) {
    LocalDateTime begins = campaign.begins();
    LocalDateTime ends = campaign.ends();
    if (begins == null || ends == null) {
      return true;
    }
    for (ZoneId zone : zones.getOrDefault(vehicle.region(), List.of(ZoneId.of("UTC")))) {
      LocalDateTime local = now.atZone(zone).toLocalDateTime();
      if (local.isBefore(begins) || !local.isBefore(ends)) {
        return false;
      }
    }
    return true;
  }

  private static void when(boolean holds, Reason reason, String source, List<Why> why) {
    if (holds) {
      why.add(new Why(reason, null, source));
    }
  }

  /** Whether the list names others only. */
  private static <T> boolean misses(List<T> named, T found) {
    return !named.isEmpty() && !named.contains(found);
  }
}
