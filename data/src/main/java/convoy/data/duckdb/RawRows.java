package convoy.data.duckdb;

import java.util.List;
import java.util.function.ObjLongConsumer;

/**
 * Gives rows of a file as they were written. Only faults that show between rows need it: the raw
 * text of good rows is not staged.
 */
public interface RawRows {
  /**
   * Reads the file again.
   *
   * @param rowNumbers in ascending order, the first row of a file being 1
   * @param receiver gets the text and the number of each of these rows, in order
   */
  void read(List<Long> rowNumbers, ObjLongConsumer<String> receiver);
}
