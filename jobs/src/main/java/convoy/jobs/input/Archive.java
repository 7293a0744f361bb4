package convoy.jobs.input;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.ImportLedger;
import convoy.data.duckdb.Quarantine;
import convoy.data.status.GatewaySignature;
import convoy.writers.quarantine.QuarantineCsvWriter;
import convoy.writers.quarantine.QuarantineLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Where input files go once they are dealt with: landed ones to the archive, refused ones to
 * quarantine, each under the first digits of its hash so that two files of one name never meet.
 * Doing it again after a kill does no harm.
 */
public final class Archive {
  private Archive() {}

  /** Moves the file out of the inbox; a file that is gone already was moved before a kill. */
  public static Path move(InputParameters input, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path target = folder.resolve(prefixed(input));
    if (Files.exists(input.path())) {
      Files.move(
          input.path(),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
    return target;
  }

  /** Moves the signature beside the file, if there is one: before the file, which needs it. */
  static void moveSignature(InputParameters input, Path folder) throws IOException {
    Path signature = GatewaySignature.beside(input.path());
    if (Files.exists(signature)) {
      Files.createDirectories(folder);
      Files.move(
          signature,
          GatewaySignature.beside(folder.resolve(prefixed(input))),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Writes what was rejected of the file, one line per fault, with its raw text.
   *
   * @param known the name under which its bytes were judged
   * @return how many faults; 0 when nothing was rejected and no file was written
   */
  public static int writeRejects(FleetStore store, InputParameters input, String known, Path folder)
      throws IOException {
    List<Quarantine.Line> lines =
        Quarantine.of(store, input.sha256()).stream()
            .filter(line -> line.file().equals(known))
            .toList();
    write(lines, rejectsFile(input, folder));
    return lines.size();
  }

  /** Writes what is worth a look in a file that landed: its warnings, and whom it misses. */
  public static void writeNotes(
      FleetStore store, InputParameters input, ImportLedger.Entry entry, Path folder)
      throws IOException {
    if (entry.notes().warned() > 0) {
      write(
          Quarantine.warnings(store, input.sha256()),
          folder.resolve(prefixed(input) + ".warnings.csv"));
    }
    if (entry.notes().missing() > 0) {
      write(
          Quarantine.missing(store, input.sha256()),
          folder.resolve(prefixed(input) + ".missing.csv"));
    }
  }

  private static void write(List<Quarantine.Line> lines, Path file) throws IOException {
    if (!lines.isEmpty()) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      new QuarantineCsvWriter().write(file, lines.stream().map(Archive::line).toList());
    }
  }

  /** The quarantine file of that input. */
  public static Path rejectsFile(InputParameters input, Path folder) {
    return folder.resolve(prefixed(input) + ".rejects.csv");
  }

  private static String prefixed(InputParameters input) {
    return prefixed(input.sha256(), input.name());
  }

  /** The name under which a file of those bytes stands in the archive or in quarantine. */
  public static String prefixed(String sha256, String name) {
    return sha256.substring(0, 8) + "-" + name;
  }

  /** The fault as the quarantine file has it. */
  public static QuarantineLine line(Quarantine.Line line) {
    String where =
        line.file()
            + (line.sheet() == null ? "" : " sheet " + line.sheet())
            + (line.line() == 0 ? "" : " line " + line.line());
    String message =
        line.rule().equals("FILE_REFUSED")
            ? line.found()
            : "%s: %s '%s': expected %s"
                .formatted(
                    where,
                    line.column().isEmpty() ? "row" : line.column(),
                    line.found(),
                    line.expected());
    return new QuarantineLine(
        line.file(),
        line.sheet(),
        line.line(),
        line.column(),
        line.rule(),
        line.found(),
        line.expected(),
        message,
        line.raw());
  }
}
