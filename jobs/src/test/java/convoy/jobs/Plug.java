package convoy.jobs;

import convoy.jobs.platform.Progress;

/** Progress that can interfere after a chunk is committed to the fleet store: fail, or do more. */
public final class Plug implements Progress {
  private int left = Integer.MAX_VALUE;
  private Runnable interference = () -> {};

  /** Fails the job at the n-th report of progress from now, once. */
  public void pullAt(int report) {
    left = report;
    interference = () -> {};
  }

  /** Does something at the next report of progress, once; the job goes on. */
  public void doNext(Runnable something) {
    interference = something;
  }

  @Override
  public void at(String what, long done, long total) {
    Runnable something = interference;
    interference = () -> {};
    something.run();
    if (--left == 0) {
      left = Integer.MAX_VALUE;
      throw new IllegalStateException("the plug was pulled while " + what);
    }
  }

  @Override
  public void done() {}
}
