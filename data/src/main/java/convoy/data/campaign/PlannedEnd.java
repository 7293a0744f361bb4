package convoy.data.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The end of a registered campaign: one moment for all its vehicles, since its gates and its state
 * are one. The zone is part of what is signed, so that other settings do not move the end.
 *
 * @param zone the schedule's when the campaign was registered
 */
public record PlannedEnd(LocalDateTime at, ZoneId zone, EndAct then) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Reads a campaign's canonical JSON; empty where the campaign has no end. */
  public static Optional<PlannedEnd> of(String definition) {
    JsonNode ends = JSON.readTree(definition).get("ends");
    return ends == null
        ? Optional.empty()
        : Optional.of(
            new PlannedEnd(
                LocalDateTime.parse(ends.required("at").asString()),
                ZoneId.of(ends.required("zone").asString()),
                EndAct.valueOf(ends.required("then").asString())));
  }

  /** The end as the canonical JSON has it. */
  public Map<String, Object> content() {
    return Map.of("at", at.toString(), "zone", zone.getId(), "then", then.name());
  }

  /** The moment. A local time that a change of the clocks skips is moved on by its gap. */
  public Instant instant() {
    return at.atZone(zone).toInstant();
  }

  /** Whether it has come. */
  public boolean isPast(Instant now) {
    return !now.isBefore(instant());
  }

  /** The calendar days, today included, on which a campaign may issue before it; 0 once it came. */
  public long daysFrom(Instant from) {
    LocalDate first = from.atZone(zone).toLocalDate();
    LocalDate last = instant().minusNanos(1).atZone(zone).toLocalDate();
    return isPast(from) ? 0 : ChronoUnit.DAYS.between(first, last) + 1;
  }

  /** Such as {@code 2027-01-31T00:00 Europe/Berlin}. */
  public String when() {
    return at + " " + zone.getId();
  }
}
