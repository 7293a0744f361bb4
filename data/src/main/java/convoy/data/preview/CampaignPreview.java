package convoy.data.preview;

import convoy.data.campaign.OwnerTerms;
import convoy.data.campaign.RollbackRule;
import convoy.data.eligibility.Reason;
import convoy.data.eligibility.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign would do if it were approved and planned at this moment.
 *
 * @param digest hex SHA-256 of its definition
 * @param plan hex SHA-256 over the digest and the wave of each vehicle: planned with the same
 *     digest, the waves are exactly these
 * @param owner what owners are asked and told
 * @param rollback when vehicles go back by themselves
 * @param fleet all vehicles: eligible, ineligible and unknown
 * @param parts the vehicles of each wave by region and model
 * @param causes why vehicles are not eligible, or are held back; one with two reasons counts twice
 * @param conflicts other open campaigns that claim some of the vehicles, in the order in which
 *     campaigns go first
 * @param days on which manifests are issued at its rate, at the fewest
 * @param ends when it ends by itself; null for never
 */
public record CampaignPreview(
    String campaign,
    String digest,
    String plan,
    OwnerTerms owner,
    RollbackRule rollback,
    long fleet,
    long eligible,
    long ineligible,
    long unknown,
    List<Wave> waves,
    List<Part> parts,
    List<Cause> causes,
    List<Conflict> conflicts,
    long days,
    @Nullable End ends) {

  public CampaignPreview {
    waves = List.copyOf(waves);
    parts = List.copyOf(parts);
    causes = List.copyOf(causes);
    conflicts = List.copyOf(conflicts);
  }

  /**
   * One wave.
   *
   * @param waiting vehicles that wait for another campaign when the wave is released now
   * @param bytes that its vehicles download together
   * @param withoutWayBack vehicles of which an ECU could not be taken back to what it has now
   */
  public record Wave(
      int wave,
      String name,
      long vehicles,
      long waiting,
      long bytes,
      long withoutWayBack,
      List<String> sampleVins) {}

  /** The vehicles of one wave that are of one model in one region. */
  public record Part(int wave, String region, String model, long vehicles) {}

  /** Vehicles with one reason. */
  public record Cause(Verdict verdict, Reason reason, long vehicles, List<String> sampleVins) {}

  /**
   * Another open campaign that claims some of the vehicles.
   *
   * @param goesFirst whether it goes before the previewed one
   * @param vehicles that both claim
   * @param openManifests of those, the ones that have an open manifest of the other campaign, which
   *     is finished first whoever goes first
   * @param waitForIt vehicles of the previewed campaign that would wait for it from now on
   * @param waitForThis its vehicles that would wait for the previewed campaign from now on
   */
  public record Conflict(
      String campaign,
      String state,
      boolean goesFirst,
      @Nullable String modules,
      long vehicles,
      long openManifests,
      long waitForIt,
      long waitForThis) {}

  /**
   * Its end.
   *
   * @param at when, with the time zone
   * @param then what becomes of issued manifests
   * @param days on which it may issue before that, from now or from when its window begins
   */
  public record End(String at, String then, long days) {}

  /** Whether its end comes before the rate has reached all its vehicles. */
  public boolean endsTooEarly() {
    return ends != null && days > ends.days();
  }

  /** What all its vehicles download together. */
  public long bytes() {
    return waves.stream().mapToLong(Wave::bytes).sum();
  }

  /** All its vehicles of which an ECU could not be taken back. */
  public long withoutWayBack() {
    return waves.stream().mapToLong(Wave::withoutWayBack).sum();
  }
}
