package convoy.scheduler.store;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lock of the fleet store between processes. DuckDB refuses a second process with an error; so
 * every command takes this lock first and waits for it, saying who holds it. It is a lock of the
 * operating system on a file: it goes when its process does, also by kill -9.
 */
public final class StoreLock {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration FIRST_WORD = Duration.ofSeconds(1);
  private static final Duration NEXT_WORD = Duration.ofSeconds(10);
  // Longer than a waiting process sleeps between two tries, so that one of them gets its turn.
  private static final Duration YIELD = Duration.ofMillis(300);

  private final Path lockFile;
  private final Path holderFile;
  private final Path waitingFile;
  private final Clock clock = Clock.systemUTC();

  /** The lock in that folder, which must exist. */
  public StoreLock(Path folder) {
    lockFile = folder.resolve("fleet.lock");
    holderFile = folder.resolve("fleet.holder");
    waitingFile = folder.resolve("fleet.waiting");
  }

  /** The store while this process may open it. */
  public final class Held implements AutoCloseable {
    private final FileChannel channel;
    private final boolean writes;
    private final String job;
    private final Instant since;

    private Held(FileChannel channel, boolean writes, String job) {
      this.channel = channel;
      this.writes = writes;
      this.job = job;
      this.since = clock.instant();
      progress("");
    }

    /** Tells waiting processes how far the job is. */
    public void progress(String phrase) {
      if (writes) {
        try {
          new Holder(ProcessHandle.current().pid(), job, since, phrase).write(holderFile);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    /** Gives the store back, and leaves a waiting process the time to take it. */
    @Override
    public void close() {
      try {
        if (writes) {
          Files.deleteIfExists(holderFile);
        }
        channel.close();
        if (writes && someoneWaits()) {
          Thread.sleep(YIELD.toMillis());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Takes the store to change it: alone.
   *
   * @param job what it is taken for, shown to others
   * @param wait how long to wait for it
   * @param waiting told now and then who is waited for
   * @throws ConvoyException STORE_TAKEN when it is not free in time
   */
  public Held write(String job, Duration wait, Consumer<String> waiting) {
    return take(true, job, wait, waiting);
  }

  /** Takes the store to read it, beside other readers. The rest is as for {@link #write}. */
  public Held read(String job, Duration wait, Consumer<String> waiting) {
    return take(false, job, wait, waiting);
  }

  /** Who holds the store and how far that is, as a phrase; only of use while it is taken. */
  public String holder() {
    return Holder.describe(holderFile, clock.instant());
  }

  private Held take(boolean writes, String job, Duration wait, Consumer<String> waiting) {
    Instant start = clock.instant();
    Instant nextWord = start.plus(FIRST_WORD);
    try {
      while (true) {
        FileChannel channel = tryTake(writes);
        if (channel != null) {
          return new Held(channel, writes, job);
        }
        Instant now = clock.instant();
        if (Duration.between(start, now).compareTo(wait) >= 0) {
          throw new ConvoyException(
              ErrorCode.STORE_TAKEN,
              "the fleet store is taken: %s; waited %d s for it (setting store.wait)"
                  .formatted(Holder.describe(holderFile, now), wait.toSeconds()));
        }
        if (now.isAfter(nextWord)) {
          waiting.accept("waiting for the fleet store: " + Holder.describe(holderFile, now));
          nextWord = now.plus(NEXT_WORD);
        }
        sayThatSomeoneWaits(now);
        Thread.sleep(POLL.toMillis());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConvoyException(
          ErrorCode.STORE_TAKEN, "interrupted while waiting for the fleet store", e);
    }
  }

  private @Nullable FileChannel tryTake(boolean writes) throws IOException {
    FileChannel channel =
        FileChannel.open(
            lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock(0, Long.MAX_VALUE, !writes);
    if (lock == null) {
      channel.close();
      return null;
    }
    return channel;
  }

  private void sayThatSomeoneWaits(Instant now) throws IOException {
    if (Files.notExists(waitingFile)) {
      Files.writeString(waitingFile, "");
    }
    Files.setLastModifiedTime(waitingFile, FileTime.from(now));
  }

  private boolean someoneWaits() throws IOException {
    return Files.exists(waitingFile)
        && Files.getLastModifiedTime(waitingFile).toInstant().isAfter(clock.instant().minus(YIELD));
  }
}
