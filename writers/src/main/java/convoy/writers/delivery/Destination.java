package convoy.writers.delivery;

import convoy.data.error.ConvoyException;
import java.io.IOException;

/** A place that the outbox is published to. One thread at a time. */
public interface Destination extends AutoCloseable {
  /** What became of a file that was put. */
  enum Outcome {
    COPIED,
    /** The same bytes stood there already, as after a kill before it was recorded. */
    WAS_THERE
  }

  /**
   * Copies the file, so that a reader finds all of it under its name or what was there before. What
   * is copied is checked against the file's hash before it gets its name, and by what the place can
   * tell of it afterwards: a folder the length, a store the hash too. Putting it again changes
   * nothing.
   *
   * @throws ConvoyException NOT_TRUSTED when other bytes stand under a name that fixes its bytes,
   *     or the source no longer has the hash that it is to have; JOB_FAILED when the destination
   *     does not take it
   * @throws IOException when the source cannot be read
   */
  Outcome put(OutgoingFile file) throws IOException;

  @Override
  void close();
}
