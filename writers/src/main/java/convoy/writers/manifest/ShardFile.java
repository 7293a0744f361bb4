package convoy.writers.manifest;

import java.nio.file.Path;

/**
 * A shard that stands complete in the outbox.
 *
 * @param path where it is
 * @param bytes its length
 * @param sha256 its SHA-256, 64 lower-case hex digits
 * @param vehicles how many vehicles' manifests it holds
 * @param changed false when the same bytes were there already
 */
public record ShardFile(Path path, long bytes, String sha256, int vehicles, boolean changed) {}
