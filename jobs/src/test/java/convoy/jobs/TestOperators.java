package convoy.jobs;

import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.trust.Operator;
import convoy.data.trust.OperatorKey;
import convoy.data.trust.Role;
import convoy.data.trust.SigningKey;
import convoy.data.trust.Trust;
import convoy.jobs.trust.Actor;
import convoy.jobs.trust.CampaignSigning;
import convoy.jobs.trust.TrustRoot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The people of tests, each with the same key in all homes. Their keys stay in memory: key files
 * are tested where they are read.
 */
public final class TestOperators {
  public static final Instant VALID_UNTIL = JobHarness.NOW.plus(Duration.ofDays(730));

  private static final Map<String, SigningKey> KEYS = new ConcurrentHashMap<>();

  private TestOperators() {}

  /** The private key of that person. */
  public static SigningKey key(String name) {
    return KEYS.computeIfAbsent(name, n -> SigningKey.generate());
  }

  /** That person, proved. */
  public static Actor actor(String name) {
    return new Actor(name, key(name));
  }

  /** A person with every role. */
  public static Operator operator(String name) {
    return new Operator(
        name,
        EnumSet.allOf(Role.class),
        List.of(new OperatorKey(key(name).publicKey(), VALID_UNTIL, null)),
        Set.of());
  }

  /** The first version of the trust root. */
  public static Trust first() {
    return Trust.first(
        List.of(operator("alice"), operator("bob"), operator("carol"), operator("dave")),
        JobHarness.NOW,
        VALID_UNTIL);
  }

  static void trust(Home home) throws IOException {
    TrustRoot.create(home, first(), List.of(key("alice")));
  }

  /** What people sign in that home. */
  public static CampaignSigning signing(JobHarness jobs, FleetStore store) {
    Instant now = jobs.clock().instant();
    return new CampaignSigning(
        store, TrustRoot.of(jobs.home(), jobs.settings()).load(store, now).trust(), now);
  }
}
