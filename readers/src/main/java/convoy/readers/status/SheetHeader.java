package convoy.readers.status;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The header of a status log in a workbook, for new files that hold some of its rows. */
public final class SheetHeader {
  private SheetHeader() {}

  /**
   * Its cells.
   *
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when it is not such a log
   */
  public static List<String> of(Path file) throws IOException {
    try (SheetLog log = SheetLog.open(file)) {
      return log.header();
    }
  }
}
