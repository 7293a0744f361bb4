package convoy.scheduler.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnsTest {
  private final Turns turns = new Turns();
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  @Test
  void theHighestPriorityGoesNextThenTheFirstThatCame() throws Exception {
    List<Thread> threads = new ArrayList<>();
    try (Turns.Turn first = turns.take(0)) {
      threads.add(waiting("night 1", 0));
      threads.add(waiting("urgent 1", 10));
      threads.add(waiting("night 2", 0));
      threads.add(waiting("urgent 2", 10));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order).containsExactly("urgent 1", "urgent 2", "night 1", "night 2");
  }

  @Test
  void oneHasItsTurnAtATime() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int priority = i % 3;
      threads.add(
          started(
              () -> {
                for (int turn = 0; turn < 200; turn++) {
                  try (Turns.Turn mine = turns.take(priority)) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    order.add("turn");
                    inside.decrementAndGet();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most).hasValue(1);
    assertThat(order).hasSize(8 * 200);
  }

  @Test
  void whoIsInterruptedWhileWaitingLeavesTheTurnToTheNext() throws Exception {
    Thread impatient;
    Thread patient;
    try (Turns.Turn first = turns.take(0)) {
      impatient = waiting("impatient", 10);
      patient = waiting("patient", 0);
      impatient.interrupt();
      impatient.join();
    }
    patient.join();
    assertThat(order).containsExactly("impatient interrupted", "patient");
    try (Turns.Turn later = turns.take(0)) {
      order.add("later");
    }
    assertThat(order).endsWith("later");
  }

  @Test
  void aThreadThatIsInterruptedAlreadyTakesNoTurn() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> turns.take(0)).isInstanceOf(InterruptedException.class);
    try (Turns.Turn free = turns.take(0)) {
      order.add("free");
    }
    assertThat(order).containsExactly("free");
  }

  /** A thread that waits for its turn by the time this returns. */
  private Thread waiting(String name, int priority) {
    Thread thread =
        started(
            () -> {
              try (Turns.Turn turn = turns.take(priority)) {
                order.add(name);
              } catch (InterruptedException e) {
                order.add(name + " interrupted");
              }
            });
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (thread.getState() != Thread.State.WAITING && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(thread.getState()).isEqualTo(Thread.State.WAITING);
    return thread;
  }

  private static Thread started(Runnable work) {
    Thread thread = new Thread(work);
    thread.start();
    return thread;
  }
}
