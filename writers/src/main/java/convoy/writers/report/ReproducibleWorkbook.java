package convoy.writers.report;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** A streaming workbook whose file does not depend on the hour at which it is written. */
final class ReproducibleWorkbook extends SXSSFWorkbook {
  /** Rows kept in memory for each sheet; earlier ones go to a temporary file. */
  private static final int ROW_WINDOW = 100;

  ReproducibleWorkbook(XSSFWorkbook workbook) {
    super(workbook, ROW_WINDOW);
    // POI's default marks every entry as larger than 4 GB, which some programs refuse to open.
    setZip64Mode(Zip64Mode.AsNeeded);
  }

  @Override
  protected ZipArchiveOutputStream createArchiveOutputStream(OutputStream out) {
    ZipArchiveOutputStream zip = new FixedTimeZip(out);
    zip.setUseZip64(Zip64Mode.AsNeeded);
    return zip;
  }

  private static final class FixedTimeZip extends ZipArchiveOutputStream {
    /** A zip entry holds a local time without its zone, so the same local time everywhere. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    FixedTimeZip(OutputStream out) {
      super(out);
    }

    @Override
    public void putArchiveEntry(ZipArchiveEntry entry) throws IOException {
      entry.setTime(ENTRY_TIME.atZone(ZoneId.systemDefault()).toInstant().toEpochMilli());
      super.putArchiveEntry(entry);
    }
  }
}
