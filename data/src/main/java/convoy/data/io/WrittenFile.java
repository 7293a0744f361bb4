package convoy.data.io;

import java.nio.file.Path;

/**
 * A file that stands complete on disk.
 *
 * @param path where it is
 * @param bytes its length
 * @param sha256 its SHA-256 in lower-case hex
 * @param changed false when a file with the same bytes was there already and was left
 */
public record WrittenFile(Path path, long bytes, String sha256, boolean changed) {}
