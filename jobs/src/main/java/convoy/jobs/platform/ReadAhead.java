package convoy.jobs.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads in a thread of its own, a bounded number of items ahead, so that reading and writing go on
 * at once. The order of items, and where a failure stands among them, are those of the reader
 * behind it.
 */
public final class ReadAhead<T> implements ItemStreamReader<T> {
  private static final int BATCH = 1_000;
  private static final int BATCHES = 16;

  /** What the thread hands over: items, and after them the end or a failure. */
  private record Batch<T>(List<T> items, boolean isLast, @Nullable Throwable failure) {}

  private final ItemStreamReader<T> reader;
  private final BlockingQueue<Batch<T>> queue = new ArrayBlockingQueue<>(BATCHES);
  private @Nullable Thread thread;
  private volatile boolean closed;
  private @Nullable Batch<T> batch;
  private int next;

  /**
   * @param reader used by the thread alone between open and close
   */
  public ReadAhead(ItemStreamReader<T> reader) {
    this.reader = reader;
  }

  @Override
  public void open(ExecutionContext context) {
    close();
    reader.open(context);
    closed = false;
    batch = null;
    next = 0;
    Thread started = new Thread(this::readAll, "read-ahead");
    started.setDaemon(true);
    thread = started;
    started.start();
  }

  private void readAll() {
    List<T> items = new ArrayList<>(BATCH);
    Throwable failure = null;
    try {
      for (T item = reader.read(); item != null && !closed; item = reader.read()) {
        items.add(item);
        if (items.size() == BATCH) {
          hand(new Batch<>(items, false, null));
          items = new ArrayList<>(BATCH);
        }
      }
    } catch (InterruptedException e) {
      return;
    } catch (Throwable e) { // whatever it is, the step must fail by it, in its own thread
      failure = e;
    }
    try {
      hand(new Batch<>(items, true, failure));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hand(Batch<T> full) throws InterruptedException {
    while (!closed && !queue.offer(full, 100, TimeUnit.MILLISECONDS)) {
      // Closing has to end the thread also while nobody takes from the queue.
    }
  }

  @Override
  public @Nullable T read() throws Exception {
    while (true) {
      Batch<T> current = batch;
      if (current != null && next < current.items().size()) {
        return current.items().get(next++);
      }
      if (current != null && current.isLast()) {
        rethrow(current.failure());
        return null;
      }
      batch = queue.take();
      next = 0;
    }
  }

  private static void rethrow(@Nullable Throwable failure) throws Exception {
    if (failure instanceof Exception exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
  }

  @Override
  public void close() {
    Thread running = thread;
    thread = null;
    if (running == null) {
      return;
    }
    closed = true;
    queue.clear();
    try {
      running.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ItemStreamException("interrupted while the reading thread ended", e);
    }
    queue.clear();
    reader.close();
  }
}
