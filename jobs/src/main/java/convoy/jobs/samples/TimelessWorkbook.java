package convoy.jobs.samples;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/** A streamed workbook whose zip entries all bear the same time, so that its bytes repeat. */
final class TimelessWorkbook extends SXSSFWorkbook {
  // Wall-clock time, since the zip format has no zone. Not its first moment, 1980-01-01 00:00: that
  // one is written with an extra field, in UTC.
  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  TimelessWorkbook(int rowsInMemory) {
    super(rowsInMemory);
  }

  @Override
  protected ZipArchiveOutputStream createArchiveOutputStream(OutputStream out) {
    return new TimelessZip(out);
  }

  private static final class TimelessZip extends ZipArchiveOutputStream {
    TimelessZip(OutputStream out) {
      super(out);
    }

    @Override
    public void putArchiveEntry(ZipArchiveEntry entry) throws IOException {
      entry.setTime(TIME.atZone(ZoneId.systemDefault()).toInstant().toEpochMilli());
      super.putArchiveEntry(entry);
    }
  }
}
