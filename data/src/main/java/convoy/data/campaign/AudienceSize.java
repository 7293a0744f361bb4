package convoy.data.campaign;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much of the fleet a campaign may reach. An empty fleet says nothing of an audience.
 *
 * @param fleet vehicles in use
 * @param vehicles those of the audience that are of the update's models and powertrains
 * @param lists its lists of VINs
 */
public record AudienceSize(long fleet, long vehicles, List<ListSize> lists) {
  /**
   * How much of a list the fleet knows.
   *
   * @param unknown VINs that the fleet does not have
   */
  public record ListSize(VinList.Kind kind, String file, long vins, long unknown) {
    private String key() {
      return (kind == VinList.Kind.ONLY ? "vins " : "exclude ") + file;
    }
  }

  /**
   * When a campaign must be confirmed: above that share, in a fleet of so many vehicles or more.
   */
  public record Limit(Share share, long fromVehicles) {}

  public AudienceSize {
    lists = List.copyOf(lists);
  }

  /** Why no campaign can be of this audience, as a sentence. */
  public Optional<String> problem() {
    if (fleet == 0) {
      return Optional.empty();
    }
    for (ListSize list : lists) {
      if (list.unknown() == list.vins()) {
        return Optional.of(
            "%s: found none of its %,d VINs in the fleet, expected one or more"
                .formatted(list.key(), list.vins()));
      }
    }
    return vehicles > 0
        ? Optional.empty()
        : Optional.of(
            "audience: found none of the fleet's %,d vehicles that is in it and of the update's models and powertrains, expected one or more"
                .formatted(fleet));
  }

  /** Why someone has to confirm that the audience is meant so, as a sentence. */
  public Optional<String> excess(Limit limit) {
    // Compared as whole numbers: fleet and share are far below 2^31.
    boolean isAbove = vehicles * Share.WHOLE > fleet * limit.share().basisPoints();
    return fleet >= limit.fromVehicles() && isAbove
        ? Optional.of(
            "its audience is %,d of the fleet's %,d vehicles (%s%%), more than campaign.max-share %s"
                .formatted(vehicles, fleet, percent(), limit.share()))
        : Optional.empty();
  }

  /** What a person should know of the lists, as sentences. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (ListSize list : lists) {
      if (fleet > 0 && list.unknown() > 0) {
        warnings.add(
            "%s: %,d of its %,d VINs are not in the fleet"
                .formatted(list.key(), list.unknown(), list.vins()));
      }
    }
    return warnings;
  }

  private String percent() {
    return BigDecimal.valueOf(vehicles * 100)
        .divide(BigDecimal.valueOf(fleet), 1, RoundingMode.DOWN)
        .toPlainString();
  }
}
