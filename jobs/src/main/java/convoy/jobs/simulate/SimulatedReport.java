package convoy.jobs.simulate;

import convoy.data.status.StatusEvent;
import java.time.Duration;

/**
 * An event and when it reaches the gateway.
 *
 * @param arrivesAfter the time since the manifest was issued
 */
public record SimulatedReport(StatusEvent event, Duration arrivesAfter) {}
