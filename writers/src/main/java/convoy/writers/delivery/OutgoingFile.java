package convoy.writers.delivery;

import convoy.data.delivery.OutboxPath;
import java.nio.file.Path;

/**
 * A file on its way.
 *
 * @param source where it is read
 * @param path below the outbox, and below the destination
 * @param bytes its length
 * @param sha256 its SHA-256, 64 lower-case hex digits
 */
public record OutgoingFile(Path source, OutboxPath path, long bytes, String sha256) {}
