package convoy.data.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What follows a failed attempt.
 *
 * @param state of the update: RETRY_DUE, or FAILED when there is no further attempt, or what {@link
 *     RollbackPolicy} makes of that: ROLLBACK_DUE or SERVICE_REQUIRED
 * @param dueAt from when the next attempt may be issued; set for RETRY_DUE, and for ROLLBACK_DUE
 *     after a rollback that failed
 * @param reason {@code retry after attempt 1 of 3}, {@code attempts exhausted: 3 of 3}, {@code
 *     permanent} or {@code workshop}; {@link RollbackPolicy} says more
 */
public record RetryDecision(AssignmentState state, @Nullable Instant dueAt, String reason) {}
