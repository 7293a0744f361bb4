package convoy.readers.export;

import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportContent;
import convoy.readers.profile.ExportProfile;
import convoy.readers.sheet.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file to be read, with the profile that is meant for it.
 *
 * @param gzip whether its content is to be inflated
 * @param profile null without one
 * @param constants the values of columns that the file need not have
 */
record ExportSource(
    Path path,
    boolean gzip,
    long maxInflated,
    @Nullable ExportProfile profile,
    Map<ExportColumn, String> constants) {
  // More than a magic number, and enough to tell an encoding by.
  private static final int START_BYTES = 1 << 16;

  static ExportSource of(Path path, byte[] magic, ExportFormats formats) {
    return of(path, Refusal.name(path), magic, formats);
  }

  /**
   * @param name under which the file came, by which its profile is found
   */
  static ExportSource of(Path path, String name, byte[] magic, ExportFormats formats) {
    ExportProfile profile = formats.profiles().of(name).orElse(null);
    return new ExportSource(
        path,
        GzipStream.is(magic),
        formats.maxInflated(),
        profile,
        profile == null ? Map.of() : profile.constants(name));
  }

  String name() {
    return Refusal.name(path);
  }

  /** The file's bytes, inflated. */
  InputStream stream() throws IOException {
    return gzip ? GzipStream.open(path, maxInflated) : Files.newInputStream(path);
  }

  /** The first of these bytes. */
  byte[] start() throws IOException {
    try (InputStream in = stream()) {
      return in.readNBytes(START_BYTES);
    }
  }

  ExportFile file(String format, List<ExportTable> tables, List<ExportFile.SkippedSheet> skipped) {
    return new ExportFile(
        path,
        gzip ? format + ", gzipped" : format,
        tables,
        skipped,
        profile == null ? null : profile.name(),
        profile == null ? ExportContent.DELTA : profile.content(),
        profile == null ? null : profile.plant());
  }

  /**
   * The column of each header, null where it is not used. What the profile says of a header goes
   * before what its name says, so a second header that looks like the same column is not used.
   */
  List<@Nullable ExportColumn> columns(List<String> headers) {
    Set<ExportColumn> taken = EnumSet.noneOf(ExportColumn.class);
    if (profile != null) {
      headers.forEach(header -> profile.column(header).ifPresent(taken::add));
    }
    List<@Nullable ExportColumn> columns = new ArrayList<>();
    for (String header : headers) {
      if (profile != null && profile.names(header)) {
        columns.add(profile.column(header).orElse(null));
      } else {
        columns.add(ExportColumn.find(header).filter(c -> !taken.contains(c)).orElse(null));
      }
    }
    return columns;
  }
}
