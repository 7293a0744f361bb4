package convoy.readers.export;

import convoy.data.vehicle.CheckedRow;
import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * What the rules for single rows say of a file's first rows.
 *
 * @param faults rows by rule; a row that breaks two rules counts under both
 * @param sample the very first rows as they were read
 */
public record RowTrial(
    int rows, int accepted, Map<String, Integer> faults, List<ExportRow> sample) {
  /** Reads at most {@code most} rows. */
  public static RowTrial of(
      Path path,
      ExportFormats formats,
      Function<ExportRow, CheckedRow> check,
      int most,
      int shown) {
    Map<String, Integer> faults = new TreeMap<>();
    List<ExportRow> sample = new ArrayList<>();
    int rows = 0;
    int accepted = 0;
    ExportReader reader = new ExportReader(path, formats, () -> 0);
    try {
      reader.open(new ExecutionContext());
      ExportRow row = reader.read();
      while (row != null) {
        List<Finding> rejections = check.apply(row).rejections();
        rejections.stream()
            .map(Finding::rule)
            .distinct()
            .forEach(r -> faults.merge(r, 1, Integer::sum));
        accepted += rejections.isEmpty() ? 1 : 0;
        if (sample.size() < shown) {
          sample.add(row);
        }
        rows++;
        row = rows < most ? reader.read() : null;
      }
    } finally {
      reader.close();
    }
    return new RowTrial(rows, accepted, faults, List.copyOf(sample));
  }
}
