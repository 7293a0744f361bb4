package convoy.data.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a status log: what a vehicle reported of one module.
 *
 * @param eventId the vehicle's own id of the event; the same id again is the same event
 * @param at when it happened, by the vehicle's clock, whole microseconds
 * @param module the module's code as the manifest names it
 * @param manifestVersion the version of the manifest that the vehicle acted on, from 1
 * @param attempt the assignment's attempt that this belongs to, from 1
 * @param reportedVersion the software version that the ECU runs at that time
 * @param errorCode the vehicle's code of a failure, such as {@code POWER_LOSS}
 */
public record StatusEvent(
    String eventId,
    Instant at,
    String vin,
    String module,
    String campaign,
    long manifestVersion,
    int attempt,
    ReportedState state,
    @Nullable String reportedVersion,
    @Nullable String errorCode,
    @Nullable String text) {}
