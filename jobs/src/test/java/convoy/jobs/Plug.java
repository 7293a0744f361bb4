package convoy.jobs;

import convoy.jobs.platform.Progress;

/** Progress that can pull the plug: it throws after a chunk is committed to the fleet store. */
public final class Plug implements Progress {
  private int left = Integer.MAX_VALUE;

  /** Fails the job at the n-th report of progress from now, once. */
  public void pullAt(int report) {
    left = report;
  }

  @Override
  public void at(String what, long done, long total) {
    if (--left == 0) {
      left = Integer.MAX_VALUE;
      throw new IllegalStateException("the plug was pulled while " + what);
    }
  }

  @Override
  public void done() {}
}
