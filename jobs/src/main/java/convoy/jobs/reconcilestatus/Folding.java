package convoy.jobs.reconcilestatus;

import convoy.config.ConvoySettings;
import convoy.data.campaign.OwnerConsent.Mode;
import convoy.data.campaign.RollbackRule;
import convoy.data.duckdb.CampaignEnds;
import convoy.data.duckdb.Reconciliation.Folded;
import convoy.data.duckdb.Reconciliation.ToFold;
import convoy.data.duckdb.Withdrawals;
import convoy.data.status.AssignmentFacts;
import convoy.data.status.AssignmentFold;
import convoy.data.status.AssignmentState;
import convoy.data.status.Disposition;
import convoy.data.status.FoldResult;
import convoy.data.status.ReportedState;
import convoy.data.status.RetryDecision;
import convoy.data.status.RetryPolicy;
import convoy.data.status.RollbackFold;
import convoy.data.status.RollbackPolicy;
import convoy.data.status.StatusEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Folds the events of an assignment into its state, and a failure into what follows it. Versions
 * are folded as their order-preserving keys, so that a module may report 5.12.0 for 05.12.00.
 */
final class Folding {
  private static final JsonMapper JSON = new JsonMapper();
  // A campaign that has ended issues nothing more.
  private static final Set<String> ENDED = Set.of("COMPLETED", "ABORTED");

  private final ConvoySettings.Status settings;
  // By the campaign's definition, which many assignments share.
  private final Map<String, RetryPolicy> retries = new ConcurrentHashMap<>();
  private final Map<String, RollbackPolicy> rollbacks = new ConcurrentHashMap<>();

  Folding(ConvoySettings.Status settings) {
    this.settings = settings;
  }

  Folded fold(ToFold assignment) {
    List<StatusEvent> events = events(assignment);
    String rollbacks = assignment.rollbacks();
    if (rollbacks != null) {
      return foldRollbacks(assignment, attempts(rollbacks), events);
    }
    Folded folded = foldWithdrawn(assignment, events);
    // Until the vehicle is told to go back, its failure stays beside what a person has decided.
    return assignment.askedBack() == null
        ? folded
        : folded(
            assignment,
            AssignmentState.ROLLBACK_DUE,
            folded.errorCode(),
            folded.failedModule(),
            assignment.askedBack());
  }

  /**
   * What the vehicle says of the manifests that take it back, and of no other any more. Until it
   * needs a workshop, what it goes back for stays its cause.
   */
  private Folded foldRollbacks(
      ToFold assignment, List<RollbackFold.Attempt> attempts, List<StatusEvent> events) {
    FoldResult result =
        RollbackFold.fold(assignment.vin(), assignment.campaign(), attempts, events);
    AssignmentState state = AssignmentFold.afterRollback(result);
    Folded before = foldWithdrawn(assignment, events);
    String why = assignment.askedBack() == null ? before.reason() : assignment.askedBack();
    if (state == AssignmentState.SERVICE_REQUIRED) {
      RetryDecision next = again(assignment, attempts, result);
      return next.state() == AssignmentState.SERVICE_REQUIRED
          ? folded(
              assignment, next.state(), result.errorCode(), failedModule(result), next.reason())
          : folded(
              assignment,
              next.state(),
              next.dueAt(),
              before.errorCode(),
              before.failedModule(),
              sentence(why, failure(result, next)));
    }
    if (state == AssignmentState.ROLLBACK_ISSUED) {
      why = sentence(why, failureBefore(assignment, attempts, events));
    }
    if (state == AssignmentState.ROLLED_BACK) {
      Set<String> left = leftOut(assignment, attempts, events);
      if (!left.isEmpty()) {
        state = AssignmentState.ROLLBACK_DUE;
        why =
            sentence(
                why,
                "its rollback did not name %s, which does not run the version from before either"
                    .formatted(String.join(", ", left)));
      }
    }
    return folded(assignment, state, before.errorCode(), before.failedModule(), why);
  }

  private static Set<String> leftOut(
      ToFold assignment, List<RollbackFold.Attempt> attempts, List<StatusEvent> events) {
    return RollbackFold.leftOut(
        facts(assignment),
        attempts,
        keys(JSON.readTree(assignment.targets()), "beforeKey"),
        events);
  }

  /** Attempts are counted for the module that failed: it may be named by the later ones alone. */
  private RetryDecision again(
      ToFold assignment, List<RollbackFold.Attempt> attempts, FoldResult failed) {
    String module = Objects.requireNonNull(failedModule(failed));
    return RollbackPolicy.again(
        retries(assignment)
            .decide(
                Objects.requireNonNull(failed.errorCode()),
                (int) attempts.stream().filter(a -> a.targets().containsKey(module)).count(),
                Objects.requireNonNull(failed.failedAt()),
                assignment.vin()));
  }

  /** Why it is told to go back once more; null where it was told once. */
  private @Nullable String failureBefore(
      ToFold assignment, List<RollbackFold.Attempt> attempts, List<StatusEvent> events) {
    if (attempts.size() == 1) {
      return null;
    }
    List<RollbackFold.Attempt> former = attempts.subList(0, attempts.size() - 1);
    FoldResult result = RollbackFold.fold(assignment.vin(), assignment.campaign(), former, events);
    return result.state() == AssignmentState.FAILED
        ? failure(result, again(assignment, former, result))
        : null;
  }

  private static String failure(FoldResult result, RetryDecision next) {
    return "its rollback failed with %s in %s, %s"
        .formatted(result.errorCode(), failedModule(result), next.reason());
  }

  private static @Nullable String sentence(@Nullable String why, @Nullable String more) {
    return why == null ? more : more == null ? why : why + "; " + more;
  }

  private Folded foldWithdrawn(ToFold assignment, List<StatusEvent> events) {
    Folded folded = foldReports(assignment, events);
    String withdrawn = assignment.withdrawn();
    if (withdrawn == null) {
      return folded;
    }
    AssignmentState state = AssignmentFold.afterWithdrawal(folded.state());
    if (state == folded.state()) {
      return folded;
    }
    return folded(
        assignment,
        state,
        folded.errorCode(),
        folded.failedModule(),
        state == AssignmentState.CANCELLED ? withdrawn : Withdrawals.NOT_AGAIN);
  }

  private static Folded folded(
      ToFold assignment,
      AssignmentState state,
      @Nullable String errorCode,
      @Nullable String failedModule,
      @Nullable String reason) {
    return folded(assignment, state, null, errorCode, failedModule, reason);
  }

  private static Folded folded(
      ToFold assignment,
      AssignmentState state,
      @Nullable Instant dueAt,
      @Nullable String errorCode,
      @Nullable String failedModule,
      @Nullable String reason) {
    return new Folded(
        assignment.campaign(),
        assignment.vin(),
        state,
        dueAt,
        errorCode,
        failedModule,
        reason,
        assignment.outcomes());
  }

  private Folded foldReports(ToFold assignment, List<StatusEvent> events) {
    FoldResult result = AssignmentFold.fold(facts(assignment), events);
    if (result.state() != AssignmentState.FAILED) {
      return folded(
          assignment, result.state(), null, null, contradiction(assignment, result.state()));
    }
    String errorCode = Objects.requireNonNull(result.errorCode());
    Instant failedAt = Objects.requireNonNull(result.failedAt());
    RetryDecision next = next(assignment, result, errorCode, failedAt);
    return folded(
        assignment, next.state(), next.dueAt(), errorCode, failedModule(result), next.reason());
  }

  /** What follows the failure: another attempt, a way back, a workshop, or nothing. */
  private RetryDecision next(
      ToFold assignment, FoldResult result, String errorCode, Instant failedAt) {
    RetryDecision next =
        retries(assignment).decide(errorCode, assignment.attempt(), failedAt, assignment.vin());
    String over = notAgain(assignment);
    if (over != null && next.state() == AssignmentState.RETRY_DUE) {
      next = new RetryDecision(AssignmentState.FAILED, null, over);
    }
    // A vehicle that was withdrawn has left the campaign: only a person takes it back.
    return assignment.withdrawn() != null || assignment.askedBack() != null
        ? next
        : rollbacks(assignment)
            .decide(
                next, errorCode, result, keys(JSON.readTree(assignment.targets()), "beforeKey"));
  }

  /** Why the campaign tries nothing again that could be; null where it does. */
  private static @Nullable String notAgain(ToFold assignment) {
    if (ENDED.contains(assignment.campaignState())) {
      return "its campaign is " + assignment.campaignState() + ", so it is not tried again";
    }
    return assignment.hasEnded() ? CampaignEnds.NOT_AGAIN : null;
  }

  /** What the vehicle did although its manifest does not ask for it; an unasked no is a failure. */
  private static @Nullable String contradiction(ToFold assignment, AssignmentState state) {
    return state == AssignmentState.INSTALLED && assignment.consent().mode() == Mode.DOWNLOAD_ONLY
        ? "it installed what it was only to download"
        : null;
  }

  private RetryPolicy retries(ToFold assignment) {
    return retries.computeIfAbsent(
        assignment.definition(),
        definition -> {
          JsonNode retry = JSON.readTree(definition).get("retry");
          return new RetryPolicy(
              retry.get("attempts").asInt(),
              Duration.ofSeconds(retry.get("backoffSeconds").asLong()),
              this::disposition);
        });
  }

  private RollbackPolicy rollbacks(ToFold assignment) {
    return rollbacks.computeIfAbsent(
        assignment.definition(),
        definition -> new RollbackPolicy(RollbackRule.of(definition), this::disposition));
  }

  private Disposition disposition(String code) {
    return Disposition.valueOf(settings.actionFor(code).name());
  }

  private static @Nullable String failedModule(FoldResult result) {
    return result.modules().entrySet().stream()
        .filter(
            m ->
                Objects.equals(result.errorCode(), m.getValue().errorCode())
                    && Objects.equals(result.failedAt(), m.getValue().at()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private static AssignmentFacts facts(ToFold assignment) {
    Map<String, String> targets = keys(JSON.readTree(assignment.targets()), "expectedKey");
    Map<Integer, Set<Long>> issued = new HashMap<>();
    for (JsonNode attempt : JSON.readTree(assignment.issued())) {
      issued
          .computeIfAbsent(attempt.get("attempt").asInt(), a -> new HashSet<>())
          .add(attempt.get("version").asLong());
    }
    return new AssignmentFacts(
        assignment.vin(),
        assignment.campaign(),
        targets,
        assignment.attempt(),
        assignment.manifestVersion(),
        issued,
        assignment.consent());
  }

  private static List<RollbackFold.Attempt> attempts(String rollbacks) {
    List<RollbackFold.Attempt> attempts = new ArrayList<>();
    for (JsonNode attempt : JSON.readTree(rollbacks)) {
      Set<Long> versions = new HashSet<>();
      attempt.get("versions").forEach(version -> versions.add(version.asLong()));
      attempts.add(
          new RollbackFold.Attempt(
              attempt.get("attempt").asInt(),
              versions,
              keys(attempt.get("targets"), "expectedKey")));
    }
    return attempts;
  }

  /** The keys of that name, by module. */
  private static Map<String, String> keys(JsonNode modules, String name) {
    Map<String, String> keys = new HashMap<>();
    for (JsonNode module : modules) {
      keys.put(module.required("module").asString(), module.required(name).asString());
    }
    return keys;
  }

  private static List<StatusEvent> events(ToFold assignment) {
    List<StatusEvent> events = new ArrayList<>();
    for (JsonNode e : JSON.readTree(assignment.events())) {
      events.add(
          new StatusEvent(
              e.get("eventId").asString(),
              Instant.EPOCH.plus(e.get("at").asLong(), ChronoUnit.MICROS),
              assignment.vin(),
              e.get("module").asString(),
              assignment.campaign(),
              e.get("manifestVersion").asLong(),
              e.get("attempt").asInt(),
              ReportedState.valueOf(e.get("state").asString()),
              text(e, "reportedKey"),
              text(e, "errorCode"),
              text(e, "text")));
    }
    return events;
  }

  private static @Nullable String text(JsonNode event, String field) {
    JsonNode value = event.get(field);
    return value == null || value.isNull() ? null : value.asString();
  }
}
