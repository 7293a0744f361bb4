package convoy.data.status;

import convoy.data.campaign.OwnerConsent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Short ways to write facts and events in tests. */
final class Events {
  static final String VIN = "WVWZZZ1JZXW000001";
  static final String CAMPAIGN = "spring";
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private Events() {}

  /** Attempts 1 to the given one, each with the manifest version attempt + 10. */
  static AssignmentFacts facts(int currentAttempt, String... modules) {
    return facts(OwnerConsent.DEFAULT, currentAttempt, modules);
  }

  /** The same with what the manifests say of the owner. */
  static AssignmentFacts facts(OwnerConsent consent, int currentAttempt, String... modules) {
    Map<String, String> targets = new LinkedHashMap<>();
    for (String module : modules) {
      targets.put(module, "2.0.0");
    }
    Map<Integer, Set<Long>> issued = new LinkedHashMap<>();
    for (int attempt = 1; attempt <= currentAttempt; attempt++) {
      issued.put(attempt, Set.of(attempt + 10L));
    }
    return new AssignmentFacts(
        VIN, CAMPAIGN, targets, currentAttempt, currentAttempt + 10L, issued, consent);
  }

  /**
   * An event written as {@code "id minute module attempt STATE [version] [errorCode]"}, with - for
   * an absent version.
   */
  static StatusEvent event(String text) {
    String[] part = text.strip().split(" +", -1);
    int attempt = Integer.parseInt(part[3]);
    return new StatusEvent(
        part[0],
        minute(Integer.parseInt(part[1])),
        VIN,
        part[2],
        CAMPAIGN,
        attempt + 10L,
        attempt,
        ReportedState.valueOf(part[4]),
        part.length > 5 ? orNull(part[5]) : null,
        part.length > 6 ? part[6] : null,
        null);
  }

  static Instant minute(int minute) {
    return START.plusSeconds(60L * minute);
  }

  private static @Nullable String orNull(String text) {
    return text.equals("-") ? null : text;
  }
}
