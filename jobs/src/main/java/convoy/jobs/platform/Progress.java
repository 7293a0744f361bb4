package convoy.jobs.platform;

/**
 * Where the progress of long steps is shown: a bar on a terminal, and the file by which other
 * processes see it.
 */
public interface Progress {
  /**
   * A step has done that much.
   *
   * @param what what the step does, for a person: "reading wolfsburg-ecus.csv"
   * @param done items done so far
   * @param total items in all, or -1 when that is not known
   */
  void at(String what, long done, long total);

  /** The step is over. */
  void done();
}
