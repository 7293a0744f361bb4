package convoy.scheduler.launch;

import convoy.jobs.platform.Progress;
import convoy.scheduler.store.ProcessLock;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress as a bar on a terminal, and for the processes that wait for the store. */
final class ShownProgress implements Progress {
  // Short steps show no bar, and the holder file is not written for every chunk.
  private static final long FIRST_BAR = TimeUnit.MILLISECONDS.toNanos(700);
  private static final long NEXT_NOTE = TimeUnit.MILLISECONDS.toNanos(300);

  private final boolean terminal;
  private ProcessLock.@Nullable Held held;
  private @Nullable ProgressBar bar;
  private String doing = "";
  private long startedAt;
  private long notedAt;

  ShownProgress(boolean terminal) {
    this.terminal = terminal;
  }

  /** Whom to tell while the store is held; null when it no longer is. */
  synchronized void attach(ProcessLock.@Nullable Held newHeld) {
    held = newHeld;
  }

  @Override
  public synchronized void at(String what, long done, long total) {
    long now = System.nanoTime();
    if (!what.equals(doing)) {
      done();
      doing = what;
      startedAt = now;
      notedAt = now - NEXT_NOTE;
    }
    if (held != null && now - notedAt >= NEXT_NOTE) {
      held.progress(
          total < 0
              ? "%s: %,d".formatted(what, done)
              : "%s: %,d of %,d".formatted(what, done, total));
      notedAt = now;
    }
    if (terminal && bar == null && now - startedAt >= FIRST_BAR) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("  " + what)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUnit(" rows", 1)
              .showSpeed()
              .clearDisplayOnFinish()
              .build();
    }
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  @Override
  public synchronized void done() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    doing = "";
  }
}
