package convoy.jobs.simulate;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file for what does not fit into memory: written, then read once. It is made when something is
 * to be written; closing deletes it.
 */
final class Spill implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private @Nullable FileChannel channel;

  /**
   * @param folder where it lies; its name is none that an inbox takes in
   */
  Spill(Path folder) {
    this.folder = folder;
  }

  /** Appends; to be flushed by who writes. */
  OutputStream out() throws IOException {
    return new BufferedOutputStream(Channels.newOutputStream(open()), BUFFER);
  }

  /** All that was written. */
  InputStream read() throws IOException {
    return new BufferedInputStream(Channels.newInputStream(open().position(0)), BUFFER);
  }

  private FileChannel open() throws IOException {
    FileChannel opened = channel;
    if (opened == null) {
      opened =
          FileChannel.open(
              Files.createTempFile(folder, ".simulate-", ".part"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      channel = opened;
    }
    return opened;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
