package convoy.jobs.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads in a thread of its own, a bounded number of items ahead, so that reading and writing go on
 * at once; gives lists of items, since a step's own work for each item would cost more than reading
 * it. The order of items, and where a failure stands among them, are those of the reader behind it.
 */
public final class ReadAhead<T> implements ItemStreamReader<List<T>> {
  private static final int MAX_LIST = 1_000;

  /** What the thread hands over: items, and after them the end or a failure. */
  private record Batch<T>(List<T> items, boolean isLast, @Nullable Throwable failure) {}

  private final ItemStreamReader<T> reader;
  private final ToLongFunction<T> weight;
  private final long batchWeight;
  private final BlockingQueue<Batch<T>> queue;
  private @Nullable Thread thread;
  private volatile boolean closed;
  private boolean ended;

  /**
   * @param reader used by the thread alone between open and close
   * @param batchSize items of one list
   * @param ahead lists that are read before they are asked for
   */
  public ReadAhead(ItemStreamReader<T> reader, int batchSize, int ahead) {
    this(reader, item -> 1, batchSize, ahead);
  }

  /**
   * @param weight what an item counts for
   * @param batchWeight a list is full when its items count for that much
   */
  public ReadAhead(
      ItemStreamReader<T> reader, ToLongFunction<T> weight, long batchWeight, int ahead) {
    this.reader = reader;
    this.weight = weight;
    this.batchWeight = batchWeight;
    this.queue = new ArrayBlockingQueue<>(ahead);
  }

  /** Reads a whole chunk of rows while the one before is written. */
  public static <T> ReadAhead<T> chunk(ItemStreamReader<T> reader, int chunkRows) {
    return new ReadAhead<>(reader, chunkRows / lists(chunkRows), lists(chunkRows));
  }

  /** The lists that make a chunk of so many rows, read by {@link #chunk}. */
  public static int lists(int chunkRows) {
    return (chunkRows + MAX_LIST - 1) / MAX_LIST;
  }

  /** The items of all lists of a chunk. */
  public static <T> List<T> items(Chunk<? extends List<T>> chunk) {
    return chunk.getItems().stream().<T>flatMap(List::stream).toList();
  }

  @Override
  public void open(ExecutionContext context) {
    close();
    reader.open(context);
    closed = false;
    ended = false;
    Thread started = new Thread(this::readAll, "read-ahead");
    started.setDaemon(true);
    thread = started;
    started.start();
  }

  private void readAll() {
    List<T> items = new ArrayList<>();
    long weighs = 0;
    Throwable failure = null;
    try {
      for (T item = reader.read(); item != null && !closed; item = reader.read()) {
        items.add(item);
        weighs += weight.applyAsLong(item);
        if (weighs >= batchWeight) {
          hand(new Batch<>(items, false, null));
          items = new ArrayList<>(items.size());
          weighs = 0;
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
  public @Nullable List<T> read() throws Exception {
    if (ended) {
      return null;
    }
    Batch<T> batch = queue.take();
    ended = batch.isLast();
    rethrow(batch.failure());
    return batch.items().isEmpty() ? null : batch.items();
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
