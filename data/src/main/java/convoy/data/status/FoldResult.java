package convoy.data.status;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What all events of an assignment say together.
 *
 * @param state ISSUED, IN_PROGRESS, INSTALLED, DOWNLOADED, FAILED or DECLINED
 * @param modules the outcome of every target module
 * @param errorCode the code of the earliest failure; set exactly when FAILED
 * @param failedAt the time of that failure; set exactly when FAILED
 * @param installedAt when the last module was first seen with its new version; set exactly when
 *     INSTALLED
 * @param lastEventAt the time of the latest event that counts, of any attempt
 * @param ignored how many events do not count, by reason. Only DUPLICATE depends on how often an
 *     event was repeated.
 */
public record FoldResult(
    AssignmentState state,
    SortedMap<String, ModuleOutcome> modules,
    @Nullable String errorCode,
    @Nullable Instant failedAt,
    @Nullable Instant installedAt,
    @Nullable Instant lastEventAt,
    Map<IgnoredReason, Integer> ignored) {}
