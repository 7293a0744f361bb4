package convoy.data.campaign;

import static convoy.data.update.DefinitionChecks.check;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/**
 * When a campaign may issue manifests, by the clocks where the vehicle is.
 *
 * @param begins from then on
 * @param ends up to then, later than {@code begins}
 */
public record CampaignWindow(LocalDateTime begins, LocalDateTime ends) {
  public CampaignWindow {
    check(begins.isBefore(ends), "ends", ends, "a time after begins '" + begins + "'");
  }

  /** Whether it is open at that moment in every one of the zones. */
  public boolean isOpen(Instant now, List<ZoneId> zones) {
    return zones.stream()
        .map(zone -> LocalDateTime.ofInstant(now, zone))
        .allMatch(local -> !local.isBefore(begins) && local.isBefore(ends));
  }
}
