package convoy.jobs.resubmit;

import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.ImportLedger;
import convoy.data.duckdb.QuarantinedInput;
import convoy.data.duckdb.QuarantinedInputs;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import convoy.data.io.FileDigest;
import convoy.data.io.WrittenFile;
import convoy.data.status.GatewaySignature;
import convoy.jobs.input.Archive;
import convoy.readers.export.ExportFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the rejected rows of an input into new files, or a refused file back, so that they are
 * judged again by the rules as they now are.
 *
 * <p>A file is written, then recorded. After a kill between the two it stands in the inbox without
 * a record; doing it again makes another one, whose rows say nothing new.
 */
public final class Resubmission {
  private final Home home;
  private final ExportFormats formats;
  private final FleetStore store;
  private final QuarantinedInput input;
  private final Request request;
  private final Instant now;

  /**
   * What is asked for.
   *
   * @param rule only rows that broke this rule; null: all
   * @param to a file or folder for a person who edits it; null: the inbox
   * @param isAgain whether to send rows that were sent before
   */
  public record Request(@Nullable String rule, @Nullable Path to, boolean isAgain) {
    Selection.Reader reader() {
      return to == null ? Selection.Reader.JOB : Selection.Reader.PERSON;
    }

    QuarantinedInput.Act act() {
      return to == null ? QuarantinedInput.Act.SENT : QuarantinedInput.Act.TAKEN_OUT;
    }
  }

  /**
   * What was done.
   *
   * @param leftOut rows that a person has to correct, by the rule that says so
   */
  public record Result(List<QuarantinedInput.Resubmission> files, Map<String, Long> leftOut) {}

  private Resubmission(
      Home home,
      ExportFormats formats,
      FleetStore store,
      QuarantinedInput input,
      Request request,
      Instant now) {
    this.home = home;
    this.formats = formats;
    this.store = store;
    this.input = input;
    this.request = request;
    this.now = now.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Makes the files and records them.
   *
   * @param formats how the installation reads exports
   * @throws ConvoyException USAGE when there is nothing to send, or it was sent before; NOT_TRUSTED
   *     when the archived input is not the one that was judged
   */
  public static Result make(
      Home home,
      ExportFormats formats,
      FleetStore store,
      QuarantinedInput input,
      Request request,
      Instant now)
      throws IOException {
    Resubmission resubmission = new Resubmission(home, formats, store, input, request, now);
    resubmission.check();
    return input.isRefused() ? resubmission.wholeFile() : resubmission.rows();
  }

  private void check() {
    String rule = request.rule();
    if (rule != null && (input.isRefused() || input.rowsOf(rule) == 0)) {
      throw usage(
          "found no rows of rule %s, expected %s"
              .formatted(
                  rule,
                  input.isRefused()
                      ? "no rule: the file was refused as a whole"
                      : "one of " + input.rules().stream().map(r -> r.rule()).toList()));
    }
    if (request.to() == null && !request.isAgain()) {
      input
          .sent(rule)
          .ifPresent(
              sent -> {
                throw usage(
                    "sent on %s as %s, expected --again to send it once more"
                        .formatted(sent.at(), sent.target()));
              });
    }
  }

  private Result wholeFile() throws IOException {
    Path refused = original(home.quarantine());
    Path to = request.to();
    Path file =
        to == null
            ? inbox().resolve(input.name())
            : Target.free(Files.isDirectory(to) ? to.resolve(input.name()) : to);
    if (Files.exists(file) && Files.mismatch(file, refused) >= 0) {
      throw usage(file + " is another file of that name, expected it to be taken in first");
    }
    Path signature = GatewaySignature.beside(refused);
    boolean isSigned = isStatus() && Files.exists(signature);
    if (isSigned) {
      // Before the file, which would be refused without it.
      Path beside = GatewaySignature.beside(file);
      AtomicFiles.write(beside, out -> Files.copy(signature, out));
      Files.setLastModifiedTime(beside, Files.getLastModifiedTime(signature));
    }
    WrittenFile written = AtomicFiles.write(file, out -> Files.copy(refused, out));
    QuarantinedInput.Resubmission made = record(refused, written, 0);
    if (to == null) {
      Files.delete(refused);
      Files.deleteIfExists(signature);
    }
    return new Result(List.of(made), Map.of());
  }

  private Result rows() throws IOException {
    Path archived = original(home.archive().resolve(isStatus() ? "status" : "manufacturing"));
    Original original = Original.of(archived, input, formats);
    Selection selection = Selection.of(store, input, request, original.origin());
    if (selection.lines().isEmpty()) {
      throw usage(
          selection.leftOut().isEmpty()
              ? "nothing to send: its rows have landed since"
              : "nothing to send: a person has to correct the rows of %s, expected --to PATH"
                  .formatted(selection.leftOut().keySet()));
    }
    Path to = request.to();
    boolean isFolder = to == null || Files.isDirectory(to);
    if (!isFolder && selection.lines().size() > 1) {
      throw usage(
          "found rows of the sheets %s, expected --to with a folder, for a file each"
              .formatted(selection.lines().keySet()));
    }
    List<QuarantinedInput.Resubmission> made = new ArrayList<>();
    for (Map.Entry<String, long[]> table : selection.lines().entrySet()) {
      Path file =
          to != null && !isFolder
              ? Target.free(to)
              : Target.in(to == null ? inbox() : to, input.name(), now, original.extension());
      WrittenFile written =
          AtomicFiles.write(
              file,
              original.body(
                  store, request.rule(), table.getKey(), table.getValue(), new RowMark(now)));
      made.add(record(archived, written, table.getValue().length));
    }
    return new Result(made, selection.leftOut());
  }

  private QuarantinedInput.Resubmission record(Path original, WrittenFile written, long rows)
      throws IOException {
    Path file = written.path();
    if (request.to() == null) {
      // It is whole, so a run that starts at once need not let it settle.
      Files.setLastModifiedTime(file, Files.getLastModifiedTime(original));
    }
    var made =
        new QuarantinedInput.Resubmission(request.act(), request.rule(), rows, shown(file), now);
    QuarantinedInputs.resubmitted(store, input, made, written.sha256());
    return made;
  }

  private String shown(Path file) {
    Path whole = file.toAbsolutePath().normalize();
    return (whole.startsWith(home.root()) ? home.root().relativize(whole) : whole).toString();
  }

  private boolean isStatus() {
    return input.purpose() == ImportLedger.Purpose.STATUS;
  }

  private Path inbox() {
    return isStatus() ? home.inboxStatus() : home.inboxManufacturing();
  }

  /** The input as it was judged. */
  private Path original(Path folder) throws IOException {
    Path file = folder.resolve(Archive.prefixed(input.sha256(), input.name()));
    if (!Files.exists(file)) {
      throw usage(file + ": found no such file, expected the input as it came");
    }
    String sha256 = FileDigest.sha256(file);
    if (!sha256.equals(input.sha256())) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "%s: found SHA-256 %s, expected %s: it was changed since it came"
              .formatted(file, sha256, input.sha256()));
    }
    return file;
  }

  private ConvoyException usage(String message) {
    return new ConvoyException(
        ErrorCode.USAGE, "%s %s: %s".formatted(input.shortHash(), input.name(), message));
  }
}
