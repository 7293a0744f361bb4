package convoy.data.status;

import convoy.data.campaign.OwnerConsent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns all events of an assignment into what became of the manifests that take its vehicle back,
 * by the rules of {@link AssignmentFold}: any order of the same events gives the same result.
 */
public final class RollbackFold {
  /**
   * What manifests that take vehicles back say of the owner: nobody is asked, so that no vehicle
   * stays between two versions.
   */
  public static final OwnerConsent CONSENT = new OwnerConsent(OwnerConsent.Mode.FORCED, null);

  private RollbackFold() {}

  /**
   * One time that the vehicle was told to go back.
   *
   * @param attempt as its manifests and their reports have it
   * @param versions its manifests: one, or several where it was signed anew
   * @param targets for each module that it names, the version from before
   */
  public record Attempt(int attempt, Set<Long> versions, Map<String, String> targets) {
    public Attempt {
      versions = Set.copyOf(versions);
      targets = Map.copyOf(targets);
    }
  }

  /**
   * The result over the modules that go back. Those are the last attempt's, and those of earlier
   * ones that said they were back, so that one which falls forward again is noticed. Others of
   * earlier attempts were found to be back when the last one was prepared.
   *
   * @param attempts those that were issued, the earliest first; at least one
   * @param events all events ever kept for the assignment
   */
  public static FoldResult fold(
      String vin, String campaign, List<Attempt> attempts, Collection<StatusEvent> events) {
    Attempt last = attempts.get(attempts.size() - 1);
    Map<Integer, Set<Long>> issued = new HashMap<>();
    Map<String, String> targets = new HashMap<>(last.targets());
    for (Attempt attempt : attempts) {
      issued.put(attempt.attempt(), attempt.versions());
      attempt
          .targets()
          .forEach(
              (module, version) -> {
                if (events.stream().anyMatch(event -> saysBack(event, attempt, module, version))) {
                  targets.putIfAbsent(module, version);
                }
              });
    }
    return AssignmentFold.fold(
        new AssignmentFacts(
            vin,
            campaign,
            targets,
            last.attempt(),
            new TreeSet<>(last.versions()).last(),
            issued,
            CONSENT),
        events);
  }

  private static boolean saysBack(
      StatusEvent event, Attempt attempt, String module, String version) {
    return event.state() == ReportedState.INSTALLED
        && event.module().equals(module)
        && version.equals(event.reportedVersion())
        && event.attempt() == attempt.attempt()
        && attempt.versions().contains(event.manifestVersion());
  }
}
