package convoy.data.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What all events together say of one module.
 *
 * @param reportedVersion the version in the event that decided the state, if it told one
 * @param errorCode set exactly when the state is FAILED: the vehicle's code, or one of {@link
 *     FailureCode}
 * @param at the time of the event that decided the state; null exactly when PENDING
 */
public record ModuleOutcome(
    ModuleState state,
    @Nullable String reportedVersion,
    @Nullable String errorCode,
    @Nullable Instant at) {}
