package convoy.readers.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Looks at a zip file's directory before POI does, to say what the file is when it is no .xlsx
 * workbook, and to bound what POI holds in memory whole.
 *
 * <p>The directory stands at the end of a file. Without it POI takes the parts that it finds from
 * the front, so that a workbook which was cut off could be read without its styles.
 */
final class ZipParts {
  private static final int MAX_PARTS = 10_000;
  private static final int MAX_INDEX_BYTES = 4 << 20;

  private ZipParts() {}

  /**
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when it is an archive of another kind
   */
  static void check(Path path) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      if (zip.size() > MAX_PARTS) {
        throw Damage.of("%d parts in the zip file, more than %d".formatted(zip.size(), MAX_PARTS));
      }
      String kind = kind(zip);
      if (!kind.isEmpty()) {
        throw Refusal.of(Refusal.name(path), kind, Workbook.EXPECTED);
      }
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        String name = entry.getName();
        if (name.equals("[Content_Types].xml")
            || name.endsWith(".rels")
            || name.startsWith("docProps/")) {
          requireSmall(zip, entry);
        }
      }
    }
  }

  /** What the file is, empty when it may be an .xlsx workbook. */
  private static String kind(ZipFile zip) throws IOException {
    ZipEntry type = zip.getEntry("mimetype");
    if (type != null) {
      try (InputStream in = zip.getInputStream(type)) {
        String text = new String(in.readNBytes(100), StandardCharsets.US_ASCII).strip();
        return "an OpenDocument file (" + text + ")";
      }
    }
    if (zip.getEntry("xl/workbook.bin") != null) {
      return "a binary workbook (.xlsb)";
    }
    if (zip.getEntry("[Content_Types].xml") == null) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      String first = entries.hasMoreElements() ? entries.nextElement().getName() : "nothing";
      return "a zip archive with %s in it, and no workbook".formatted(first);
    }
    return "";
  }

  /** Reads it, since the size in the directory may be a lie. */
  private static void requireSmall(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] buffer = new byte[1 << 13];
      long bytes = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes += n;
        if (bytes > MAX_INDEX_BYTES) {
          throw Damage.of(
              "more than %d MB in %s".formatted(MAX_INDEX_BYTES >> 20, entry.getName()));
        }
      }
    }
  }
}
