package convoy.scheduler.store;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Turns of the threads of one process: of those that wait, the one of the highest priority goes
 * next, then the one that came first. Quartz orders waiting triggers by time before priority, so an
 * urgent launch would otherwise stay behind a nightly one.
 */
public final class Turns {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Ticket> waiting =
      new PriorityQueue<>(
          Comparator.comparingInt(Ticket::priority).reversed().thenComparingLong(Ticket::number));
  private long tickets;
  private boolean taken;

  private record Ticket(int priority, long number) {}

  /** Ends a turn. */
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits until it is this thread's turn.
   *
   * @param priority higher goes first
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public Turn take(int priority) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Ticket ticket = new Ticket(priority, tickets++);
      waiting.add(ticket);
      try {
        while (taken || !ticket.equals(waiting.peek())) {
          changed.await();
        }
      } finally {
        waiting.remove(ticket);
        changed.signalAll();
      }
      taken = true;
      return this::release;
    } finally {
      lock.unlock();
    }
  }

  private void release() {
    lock.lock();
    try {
      taken = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
