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
 * What one process at a time may hold, while the others wait and say for whom. It is a lock of the
 * operating system on a file: it goes when its process does, also by kill -9. It does not keep
 * threads of one process apart: they must not take the same at once.
 */
public final class ProcessLock {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration FIRST_WORD = Duration.ofSeconds(1);
  private static final Duration NEXT_WORD = Duration.ofSeconds(10);
  // Longer than a waiting process sleeps between two tries, so that one of them gets its turn.
  private static final Duration YIELD = Duration.ofMillis(300);

  private final Path lockFile;
  private final Path holderFile;
  private final Path waitingFile;
  private final String taken;
  private final String awaited;
  private final Clock clock = Clock.systemUTC();

  private ProcessLock(Path folder, String name, String taken, String awaited) {
    lockFile = folder.resolve(name + ".lock");
    holderFile = folder.resolve(name + ".holder");
    waitingFile = folder.resolve(name + ".waiting");
    this.taken = taken;
    this.awaited = awaited;
  }

  /**
   * The fleet store in that folder, which must exist. DuckDB refuses a second process with an
   * error; so every command takes this lock before it opens the store.
   */
  public static ProcessLock ofStore(Path folder) {
    return new ProcessLock(folder, "fleet", "the fleet store is taken", "the fleet store");
  }

  /**
   * A run from its first job to its last, of which there is one at a time.
   *
   * @param folder that of the fleet store
   * @param name of all runs that may take up each other, such as {@code nightly} or {@code urgent
   *     brake-hold-2026-11}; without characters that file names cannot have
   */
  public static ProcessLock ofRun(Path folder, String name) {
    return new ProcessLock(
        folder,
        "run-" + name.replace(' ', '-'),
        "another run of %s is under way".formatted(name),
        "another run of %s to end".formatted(name));
  }

  /** What was taken, until it is given back. */
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

    /** Gives it back, and leaves a waiting process the time to take it. */
    @Override
    public void close() {
      try {
        // Closed whatever comes of the file, which is for information only.
        try (channel) {
          if (writes) {
            Files.deleteIfExists(holderFile);
          }
        }
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
   * Takes it alone, as who changes something does.
   *
   * @param job what it is taken for, shown to others
   * @param wait how long to wait for it
   * @param waiting told now and then who is waited for
   * @throws ConvoyException STORE_TAKEN when it is not free in time
   */
  public Held write(String job, Duration wait, Consumer<String> waiting) {
    return take(true, job, wait, waiting);
  }

  /** Takes it beside others who only read. The rest is as for {@link #write}. */
  public Held read(String job, Duration wait, Consumer<String> waiting) {
    return take(false, job, wait, waiting);
  }

  /** Who holds it and how far that is, as a phrase; only of use while it is taken. */
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
          return held(channel, writes, job);
        }
        Instant now = clock.instant();
        if (Duration.between(start, now).compareTo(wait) >= 0) {
          throw new ConvoyException(
              ErrorCode.STORE_TAKEN,
              "%s: %s; waited %d s for it (setting store.wait)"
                  .formatted(taken, Holder.describe(holderFile, now), wait.toSeconds()));
        }
        if (now.isAfter(nextWord)) {
          waiting.accept("waiting for %s: %s".formatted(awaited, Holder.describe(holderFile, now)));
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
          ErrorCode.STORE_TAKEN, "interrupted while waiting for " + awaited, e);
    }
  }

  /** A process that cannot even say that it holds it, as on a full disk, does not go on to. */
  private Held held(FileChannel channel, boolean writes, String job) throws IOException {
    Held held = new Held(channel, writes, job);
    try {
      held.progress("");
    } catch (RuntimeException e) {
      channel.close();
      throw e;
    }
    return held;
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
