package convoy.data.status;

import convoy.data.campaign.OwnerConsent;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

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

  private static final Set<ReportedState> OUTCOMES =
      Set.of(ReportedState.INSTALLED, ReportedState.DOWNLOADED, ReportedState.DECLINED);

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

  /**
   * The modules that no attempt names, though they run something else than before the campaign: the
   * vehicle told so only after it was told to go back. What a module runs is the version of its
   * last outcome; nobody knows it of one whose last outcome is a failure without a version.
   *
   * @param update what the campaign has issued to the vehicle
   * @param before for each module of the update, the version that it had before
   */
  public static SortedSet<String> leftOut(
      AssignmentFacts update,
      List<Attempt> attempts,
      Map<String, String> before,
      Collection<StatusEvent> events) {
    Map<Integer, Set<Long>> issued = new HashMap<>(update.issuedAttempts());
    Set<String> named = new HashSet<>();
    for (Attempt attempt : attempts) {
      named.addAll(attempt.targets().keySet());
      Set<Long> versions = new HashSet<>(attempt.versions());
      versions.addAll(issued.getOrDefault(attempt.attempt(), Set.of()));
      issued.put(attempt.attempt(), versions);
    }
    AssignmentFacts all =
        new AssignmentFacts(
            update.vin(),
            update.campaign(),
            update.targets(),
            update.currentAttempt(),
            update.currentManifestVersion(),
            issued,
            update.consent());
    Map<String, StatusEvent> last = new HashMap<>();
    AssignmentFold.counted(all, events)
        .filter(RollbackFold::tells)
        .forEach(
            event ->
                last.merge(event.module(), event, BinaryOperator.maxBy(AssignmentFold.BY_TIME)));
    SortedSet<String> left = new TreeSet<>();
    before.forEach(
        (module, version) -> {
          StatusEvent told = last.get(module);
          if (!named.contains(module) && told != null && !version.equals(told.reportedVersion())) {
            left.add(module);
          }
        });
    return left;
  }

  /** Whether it says what runs, or that nobody knows. */
  private static boolean tells(StatusEvent event) {
    return event.state() == ReportedState.FAILED
        || (OUTCOMES.contains(event.state()) && event.reportedVersion() != null);
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
