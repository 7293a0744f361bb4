package convoy.data.delivery;

import java.time.Instant;

/**
 * A file as it stands in the outbox.
 *
 * @param bytes its length
 * @param modifiedAt the file's own time, in microseconds
 */
public record OutboxFile(OutboxPath path, long bytes, Instant modifiedAt) {}
