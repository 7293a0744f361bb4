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

/**
 * Works on all cores, a little ahead of whoever takes the results, which keep their order: so that
 * what is made is neither waited for nor all in memory. One thread takes.
 */
final class Ahead implements AutoCloseable {
  /** Enough that handing a task over costs nothing beside it. */
  private static final int A_TASK = 200;

  private final int tasks;
  private final ExecutorService workers;

  Ahead() {
    int cores = Runtime.getRuntime().availableProcessors();
    // Each core has its next task when it ends one, while the results of others are taken.
    tasks = 4 * cores;
    workers = Executors.newFixedThreadPool(cores);
  }

  /**
   * The results for those items. What fails is thrown when its result is asked for, as it was
   * thrown.
   */
  <T, R> Iterator<R> map(List<T> items, Function<T, R> function) {
    return new Results<>(items, function);
  }

  /** Waits for nothing. */
  @Override
  public void close() {
    workers.shutdownNow();
  }

  private final class Results<T, R> implements Iterator<R> {
    private final List<T> items;
    private final Function<T, R> function;
    private final Deque<Future<List<R>>> running = new ArrayDeque<>();
    private int handedOver;
    private Iterator<R> done = List.<R>of().iterator();

    Results(List<T> items, Function<T, R> function) {
      this.items = items;
      this.function = function;
    }

    @Override
    public boolean hasNext() {
      while (!done.hasNext()) {
        handOver();
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
