package convoy.jobs.simulate;

import convoy.data.status.StatusEvent;
import java.time.Duration;
import java.time.Instant;

/**
 * An event, when it happened, and when it reaches the gateway.
 *
 * @param happenedAt the true time, which the vehicle's own clock may miss
 * @param arrivesAfter the time since the manifest was issued
 */
public record SimulatedReport(StatusEvent event, Instant happenedAt, Duration arrivesAfter) {}
