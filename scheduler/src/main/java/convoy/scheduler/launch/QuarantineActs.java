package convoy.scheduler.launch;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.QuarantinedInput;
import convoy.data.duckdb.QuarantinedInputs;
import convoy.data.duckdb.Runs;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How people name what was rejected. */
public final class QuarantineActs {
  private static final String REJECTS = ".rejects.csv";

  private QuarantineActs() {}

  /**
   * The inputs with rejected rows, newest first.
   *
   * @param run only those of this run; null: of all
   * @throws ConvoyException USAGE when there is no such run
   */
  public static List<QuarantinedInput> list(FleetStore store, @Nullable String run) {
    if (run != null && !Runs.isKnown(store, run)) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "run '%s': found none of that id, expected one as the folders under reports are named"
              .formatted(run));
    }
    return QuarantinedInputs.all(store, run);
  }

  /**
   * The input of that name: the file's own, 8 or more digits of its hash, or a file in quarantine.
   *
   * @throws ConvoyException USAGE when there is none, or there are several
   */
  public static QuarantinedInput find(FleetStore store, String name) {
    List<QuarantinedInput> all = QuarantinedInputs.all(store, null);
    List<QuarantinedInput> found = all.stream().filter(input -> isNamed(input, name)).toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    String expected =
        found.isEmpty()
            ? "found nothing rejected of such a file, expected one of ./convoy quarantine list"
            : found.stream()
                .map(i -> "%s-%s of %s".formatted(i.shortHash(), i.name(), i.judgedAt()))
                .collect(Collectors.joining("; ", "found several, expected one of them: ", ""));
    throw new ConvoyException(ErrorCode.USAGE, "'%s': %s".formatted(name, expected));
  }

  private static boolean isNamed(QuarantinedInput input, String name) {
    Path path = Path.of(name).getFileName();
    String file = path == null ? name : path.toString();
    String plain =
        file.endsWith(REJECTS) ? file.substring(0, file.length() - REJECTS.length()) : file;
    return plain.equals(input.shortHash() + "-" + input.name())
        || InputName.is(name, input.name(), input.sha256());
  }
}
