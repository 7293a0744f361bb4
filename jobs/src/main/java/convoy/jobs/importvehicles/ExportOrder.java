package convoy.jobs.importvehicles;

import convoy.data.error.ConvoyException;
import convoy.data.vehicle.ExportKind;
import convoy.readers.export.ExportFile;
import convoy.readers.export.ExportFormats;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which the files of one night are taken in: an ECU lands only where its vehicle is
 * known.
 */
public final class ExportOrder {
  private ExportOrder() {}

  /**
   * Files that describe vehicles, then files of ECUs alone, then those that will be refused; each
   * by name.
   */
  public static List<Path> vehiclesFirst(List<Path> files, ExportFormats formats) {
    record Ranked(Path file, int rank) {}
    return files.stream()
        .map(file -> new Ranked(file, rank(file, formats)))
        .sorted(Comparator.comparingInt(Ranked::rank).thenComparing(Ranked::file))
        .map(Ranked::file)
        .toList();
  }

  private static int rank(Path file, ExportFormats formats) {
    try {
      return ExportFile.probe(file, formats).tables().stream()
              .anyMatch(table -> table.kind() != ExportKind.ECUS)
          ? 0
          : 1;
    } catch (ConvoyException e) {
      // The job that takes it in meets the same problem, and says so.
      return 2;
    }
  }
}
