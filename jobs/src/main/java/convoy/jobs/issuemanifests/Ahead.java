package convoy.jobs.issuemanifests;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Works on all cores, a little ahead of whoever takes the results, which keep their order: so that
 * what is made is neither waited for nor all in memory. One thread takes.
 */
final class Ahead implements AutoCloseable {
  /** Enough that handing a task over costs nothing beside it. */
  private static final int A_TASK = 200;

  /**
   * Enough to do while the thread that takes the results reads what the next ones are made from,
   * which takes half a second, and few enough to be held: some 40 MB of manifests.
   */
  private static final int AHEAD = 40;

  private final int tasks;
  private final ExecutorService workers;

  Ahead() {
    int cores = Runtime.getRuntime().availableProcessors();
    tasks = Math.max(AHEAD, 4 * cores);
    workers = Executors.newFixedThreadPool(cores);
  }

  /**
   * The results for those items; the first ones are worked on at once. What fails is thrown when
   * its result is asked for, as it was thrown.
   */
  <T, R> Results<T, R> map(List<T> items, Function<T, R> function) {
    return new Results<>(items, function);
  }

  /** Waits for nothing. */
  @Override
  public void close() {
    workers.shutdownNow();
  }

  /** Results in the order of their items. */
  final class Results<T, R> implements Iterator<R> {
    private final List<T> items;
    private final Function<T, R> function;
    private final Deque<Future<List<R>>> running = new ArrayDeque<>();
    private int handedOver;
    private @Nullable Runnable next;
    private Iterator<R> done = List.<R>of().iterator();

    private Results(List<T> items, Function<T, R> function) {
      this.items = items;
      this.function = function;
      handOver();
    }

    /**
     * What to do, in the thread that takes the results, once all items are handed over, while the
     * last of them are worked on: it may begin the next ones.
     */
    Results<T, R> then(Runnable next) {
      this.next = next;
      return this;
    }

    @Override
    public boolean hasNext() {
      while (!done.hasNext()) {
        handOver();
        goOn();
        if (running.isEmpty()) {
          return false;
        }
        done = result(running.remove()).iterator();
      }
      return true;
    }

    @Override
    public R next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return done.next();
    }

    private void handOver() {
      while (running.size() < tasks && handedOver < items.size()) {
        int to = Math.min(handedOver + A_TASK, items.size());
        List<T> some = items.subList(handedOver, to);
        running.add(workers.submit(() -> all(some)));
        handedOver = to;
      }
    }

    private void goOn() {
      Runnable now = next;
      if (now != null && handedOver == items.size()) {
        next = null;
        now.run();
      }
    }

    private List<R> all(List<T> some) {
      List<R> results = new ArrayList<>(some.size());
      some.forEach(item -> results.add(function.apply(item)));
      return results;
    }

    private List<R> result(Future<List<R>> task) {
      try {
        return task.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while manifests were signed", e);
      }
    }
  }
}
