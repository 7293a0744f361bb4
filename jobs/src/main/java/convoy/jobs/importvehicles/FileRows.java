package convoy.jobs.importvehicles;

import convoy.data.duckdb.RawRows;
import convoy.data.vehicle.ExportRow;
import convoy.readers.export.ExportFormats;
import convoy.readers.export.ExportReader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** The rows of an export as they were written, read from the file once more. */
record FileRows(Path path, ExportFormats formats) implements RawRows {
  @Override
  public void read(List<Long> rowNumbers, ObjLongConsumer<String> receiver) {
    ExportReader reader = new ExportReader(path, formats, () -> 0);
    reader.open(new ExecutionContext());
    try {
      long rowNo = 0;
      for (long wanted : rowNumbers) {
        ExportRow row = null;
        while (rowNo < wanted) {
          row = reader.read();
          rowNo++;
        }
        if (row == null) {
          throw new IllegalStateException(
              "%s: row %d of the file is not there any more".formatted(path, wanted));
        }
        receiver.accept(row.raw(), rowNo);
      }
    } finally {
      reader.close();
    }
  }
}
