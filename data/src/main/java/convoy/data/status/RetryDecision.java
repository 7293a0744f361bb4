package convoy.data.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What follows a failed attempt.
 *
 * @param state RETRY_DUE, or FAILED when there is no further attempt
 * @param dueAt from when the next attempt may be issued; set exactly when RETRY_DUE
 * @param reason {@code retry after attempt 1 of 3}, {@code attempts exhausted: 3 of 3}, {@code
 *     permanent} or {@code workshop}
 */
public record RetryDecision(AssignmentState state, @Nullable Instant dueAt, String reason) {}
