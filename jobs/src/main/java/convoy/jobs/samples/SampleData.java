package convoy.jobs.samples;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import convoy.data.vehicle.EcuFacts;
import convoy.jobs.simulate.EcuKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Writes sample data: the exports of three plants with known faults, updates with their images, and
 * campaigns. The same arguments give the same bytes (a workbook's may differ between versions of
 * the compression library; its cells do not). Files of the same name are replaced.
 */
public final class SampleData {
  /** What the exports in data/samples were made from. */
  public static final SampleSpec PUBLISHED =
      new SampleSpec(20261120L, 1000, 73, Instant.parse("2026-11-20T22:00:00Z"));

  private SampleData() {}

  /** Writes one file; what it returns is up to the caller. */
  @FunctionalInterface
  private interface FileWriter<T> {
    T write(Path file) throws IOException;
  }

  /**
   * What was written.
   *
   * @param tallies one for each table: a text file, or a sheet of the workbook
   * @param ecuKeys how many private keys
   */
  public record Exports(List<SampleTally> tallies, int ecuKeys) {}

  /**
   * Writes four export files: two CSV files of Wolfsburg, a workbook of Puebla, a flat CSV file of
   * Shanghai. Each is written aside and then renamed, so an import never sees half of one.
   *
   * @param dir the folder, made when it is not there
   * @return one tally for each table: a text file, or a sheet of the workbook
   * @throws ConvoyException (USAGE) when the folder or a file cannot be written
   */
  public static List<SampleTally> write(Path dir, SampleSpec spec) {
    return write(dir, spec, ecu -> {});
  }

  /**
   * Writes the same, and beside it the private keys of the ECUs that have a certificate in it, as
   * {@link EcuKeys} reads them, each for its owner alone (0600).
   *
   * @param keys their folder, made with 0700 when it is not there
   * @throws ConvoyException (USAGE) when a folder or a file cannot be written
   */
  public static Exports writeWithEcuKeys(Path dir, SampleSpec spec, Path keys) {
    makeOwnersAlone(keys);
    SampleCertificates certificates = new SampleCertificates(spec);
    AtomicInteger written = new AtomicInteger();
    List<SampleTally> tallies =
        write(
            dir,
            spec,
            ecu -> {
              writeKey(keys, EcuKeys.fileName(ecu.serial()), certificates.keyFile(ecu));
              written.incrementAndGet();
            });
    return new Exports(tallies, written.get());
  }

  private static List<SampleTally> write(Path dir, SampleSpec spec, Consumer<EcuFacts> certified) {
    List<SampleTally> tallies = new ArrayList<>();
    for (SampleTable table : List.of(SampleTable.WOLFSBURG_VEHICLES, SampleTable.WOLFSBURG_ECUS)) {
      SampleRows rows = new SampleRows(spec, table, certified);
      tallies.add(into(dir, table.file(spec), file -> SampleText.CANONICAL.write(file, rows)));
    }
    List<SampleTable> sheets = List.of(SampleTable.PUEBLA_VEHICLES, SampleTable.PUEBLA_ECUS);
    String workbook = SampleTable.PUEBLA_VEHICLES.file(spec);
    tallies.addAll(into(dir, workbook, file -> SampleWorkbook.write(file, spec, sheets)));
    SampleTable flat = SampleTable.SHANGHAI_FLAT;
    SampleRows rows = new SampleRows(spec, flat);
    tallies.add(into(dir, flat.file(spec), file -> SampleText.IN_WORDS.write(file, rows)));
    return List.copyOf(tallies);
  }

  /**
   * Writes the sample updates ({@code updates/*.yaml}), their images ({@code updates/images/*.bin})
   * and the sample campaigns ({@code campaigns/*.yaml}).
   *
   * @param dir the folder, made when it is not there
   * @param seed decides the bytes of the images
   * @throws ConvoyException (USAGE) when the folder or a file cannot be written
   */
  public static void writeDefinitions(Path dir, long seed) {
    for (SampleDefinitions.Document document : SampleDefinitions.documents(seed)) {
      writeBytes(dir, document);
    }
  }

  /**
   * Writes the whole of data/samples: the exports of {@link #PUBLISHED}, the definitions, and the
   * README that tells what they hold.
   *
   * @throws ConvoyException (USAGE) when the folder or a file cannot be written
   */
  public static List<SampleTally> writePublished(Path dir) {
    List<SampleTally> tallies = write(dir, PUBLISHED);
    writeDefinitions(dir, PUBLISHED.seed());
    writeBytes(dir, SampleReadme.of(PUBLISHED, tallies));
    return tallies;
  }

  /** Not synced, as keys are elsewhere: the same seed gives them again. */
  private static void writeKey(Path dir, String name, byte[] content) {
    boolean posix = AtomicFiles.hasPosixPermissions(dir);
    into(
        dir,
        name,
        file -> {
          if (posix) {
            Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
          }
          return Files.write(file, content);
        });
  }

  /** A folder that is there already keeps its permissions. */
  private static void makeOwnersAlone(Path dir) {
    if (AtomicFiles.hasPosixPermissions(dir) && Files.notExists(dir)) {
      try {
        Files.createDirectories(dir.toAbsolutePath().getParent());
        Files.createDirectory(
            dir,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (IOException e) {
        throw cannotWrite(dir, e);
      }
    }
  }

  private static void writeBytes(Path dir, SampleDefinitions.Document document) {
    into(dir, document.path(), file -> Files.write(file, document.content()));
  }

  private static <T> T into(Path dir, String name, FileWriter<T> writer) {
    Path file = dir.resolve(name);
    Path aside = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.createDirectories(aside.toAbsolutePath().getParent());
      Files.deleteIfExists(aside);
      try {
        T result = writer.write(aside);
        Files.move(
            aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return result;
      } finally {
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static ConvoyException cannotWrite(Path file, IOException e) {
    return new ConvoyException(
        ErrorCode.USAGE,
        "sample data: cannot write %s (%s): expected a folder that can be written to"
            .formatted(file, e),
        e);
  }
}
