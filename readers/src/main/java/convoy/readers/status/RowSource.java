package convoy.readers.status;

import convoy.data.status.StatusRow;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** The rows of a status log in one format. */
interface RowSource extends Closeable {

  /** The next row, or null after the last one. */
  @Nullable StatusRow next();
}
