package convoy.writers.report;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes files that appear whole or not at all: each is written aside as {@code .NAME.part} in the
 * same folder, synced, and renamed over the earlier one.
 */
public final class WholeFiles {
  private WholeFiles() {}

  /** What goes into one file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; the stream is buffered, and closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** One file; see {@link #writeAll}. */
  public static void write(Path file, Content content) {
    Map<Path, Content> one = new LinkedHashMap<>();
    one.put(file, content);
    writeAll(one);
  }

  /**
   * Writes several files, in the map's order, and renames them only when all are written.
   *
   * <p>When a content fails, no file is touched and what it threw is passed on.
   *
   * @throws ConvoyException JOB_FAILED, when a file cannot be written or renamed
   */
  public static void writeAll(Map<Path, Content> files) {
    Map<Path, Path> parts = new LinkedHashMap<>();
    try {
      for (Map.Entry<Path, Content> file : files.entrySet()) {
        Path part = part(file.getKey());
        parts.put(file.getKey(), part);
        writePart(file.getKey(), part, file.getValue());
      }
      parts.forEach(WholeFiles::rename);
    } catch (RuntimeException | Error failure) {
      parts.values().forEach(part -> discard(part, failure));
      throw failure;
    }
  }

  private static Path part(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".part");
  }

  private static void writePart(Path file, Path part, Content content) {
    try {
      Path folder = part.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      try (FileChannel channel =
              FileChannel.open(
                  part,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static void rename(Path file, Path part) {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static void discard(Path part, Throwable failure) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static ConvoyException failed(Path file, IOException cause) {
    return new ConvoyException(
        ErrorCode.JOB_FAILED,
        "%s: cannot be written: found %s: %s, expected a folder with room in which files can be"
                .formatted(file, cause.getClass().getSimpleName(), cause.getMessage())
            + " written and replaced",
        cause);
  }
}
