package convoy.data.status;

import convoy.data.campaign.GateFact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a gate decides on.
 *
 * @param numbers those of the wave
 * @param groups the same vehicles by the facts that the rule names; a vehicle with several ECUs is
 *     in a group for each
 * @param codes vehicles of the whole campaign by the error that they had, also where they got over
 *     it
 * @param accepted the failures with which a person resumed the campaign although they called for
 *     PAUSE, by the part in which they did: they call for it again only once there are more
 * @param successSince since when the wave has had its success, as the decision before found; null:
 *     it found none
 */
public record GateEvidence(
    GateNumbers numbers,
    List<Group> groups,
    Map<String, Long> codes,
    Map<String, Long> accepted,
    @Nullable Instant successSince) {
  /** The part that is all vehicles of the wave. */
  public static final String WAVE = "wave";

  private static final String CODE = "code ";

  /** The vehicles of a wave that have something in common. */
  public record Group(GateFact fact, String value, GateNumbers numbers) {
    /** Such as {@code model Aldera}: the part's name. */
    public String part() {
      return fact + " " + value;
    }
  }

  public GateEvidence {
    groups = List.copyOf(groups);
    codes = Map.copyOf(codes);
    accepted = Map.copyOf(accepted);
  }

  /** A wave of which nothing else is known or asked. */
  public static GateEvidence of(GateNumbers numbers) {
    return new GateEvidence(numbers, List.of(), Map.of(), Map.of(), null);
  }

  /** The part that is the campaign's vehicles with that error. */
  static String codePart(String code) {
    return CODE + code;
  }

  /** Whether what was accepted in that part counts in every wave of the campaign. */
  public static boolean isOfCampaign(String part) {
    return part.startsWith(CODE);
  }

  long acceptedIn(String part) {
    return accepted.getOrDefault(part, 0L);
  }
}
