package convoy.jobs.samples;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one sample table holds: what an import of it must report.
 *
 * @param file the file's name
 * @param sheet the sheet's name in a workbook, null in a text file
 * @param rows rows below the header; in a flat file a row is one ECU
 * @param goodRows rows to be accepted
 * @param badRowsByRule rows to be quarantined, by the id of the one rule that each breaks
 */
public record SampleTally(
    String file,
    @Nullable String sheet,
    long rows,
    long goodRows,
    SortedMap<String, Long> badRowsByRule) {
  public SampleTally {
    badRowsByRule = Collections.unmodifiableSortedMap(new TreeMap<>(badRowsByRule));
  }

  /** Rows to be quarantined, under all rules together. */
  public long badRows() {
    return badRowsByRule.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Counts rows as they are made. */
  static final class Counter {
    private final String file;
    private final @Nullable String sheet;
    private final SortedMap<String, Long> bad = new TreeMap<>();
    private long rows;
    private long good;

    Counter(String file, @Nullable String sheet) {
      this.file = file;
      this.sheet = sheet;
    }

    void count(SampleRow row) {
      rows++;
      Fault fault = row.fault();
      if (fault == null) {
        good++;
      } else {
        bad.merge(fault.rule(), 1L, Long::sum);
      }
    }

    SampleTally tally() {
      return new SampleTally(file, sheet, rows, good, bad);
    }
  }
}
