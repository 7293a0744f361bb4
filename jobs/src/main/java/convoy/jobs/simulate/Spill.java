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

/** A file for what does not fit into memory: written once, then read once. Closing deletes it. */
final class Spill implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final FileChannel channel;
  private final OutputStream out;

  /**
   * @param folder where it lies; its name is none that an inbox takes in
   */
  Spill(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, ".simulate-", ".part");
    this.channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
  }

  OutputStream out() {
    return out;
  }

  /** All that was written. */
  InputStream read() throws IOException {
    out.flush();
    channel.position(0);
    return new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
