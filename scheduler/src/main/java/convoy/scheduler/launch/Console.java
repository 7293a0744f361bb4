package convoy.scheduler.launch;

/** Where a command speaks to the person who called it. */
public interface Console {
  /** Prints one or more lines. */
  void line(String text);

  /** Prints a warning or the reason of a failure, where errors go. */
  void problem(String text);

  /** Whether a person watches a terminal, so that a progress bar makes sense. */
  boolean isTerminal();
}
