package convoy.readers.export;

import convoy.data.vehicle.ExportRow;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one opened export, in order. */
interface RowSource extends Closeable {
  /** What the file is. */
  ExportFile file();

  /** The next row, or null after the last. */
  @Nullable ExportRow next() throws IOException;
}
