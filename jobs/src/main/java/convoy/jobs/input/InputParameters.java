package convoy.jobs.input;

import convoy.data.duckdb.InputFile;
import convoy.data.io.FileDigest;
import convoy.data.trust.Hashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * The parameters of a job that takes one file in. The file's name and content and the run identify
 * the job instance, so that a run that is taken up again goes on with the same instance, and a copy
 * of a file under another name is looked at too.
 *
 * @param path where the file is
 * @param sha256 hex SHA-256 of its bytes; of its name, when they cannot be read
 */
public record InputParameters(Path path, String sha256, String run) {
  /**
   * The parameters for a file as it stands now. A file that is gone or cannot be read has some too:
   * its job refuses it, and the files after it get their turn.
   */
  public static InputParameters of(Path file, String run) {
    return new InputParameters(file, digest(file), run);
  }

  private static String digest(Path file) {
    try {
      return FileDigest.sha256(file);
    } catch (IOException e) {
      // The job's reader meets the same problem, and says so.
      return Hashes.sha256(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The parameters of a job execution. */
  public static InputParameters of(JobParameters parameters) {
    return new InputParameters(
        Path.of(text(parameters, "file")), text(parameters, "sha256"), text(parameters, "run"));
  }

  /** As a job's parameters. */
  public JobParameters toJobParameters() {
    return new JobParametersBuilder()
        .addString("file", path.toString(), false)
        .addString("name", name())
        .addString("sha256", sha256)
        .addString("run", run)
        .toJobParameters();
  }

  /** The file as the ledger knows it; a file that is not there has no bytes. */
  public InputFile file() {
    try {
      return new InputFile(sha256, name(), Files.exists(path) ? Files.size(path) : 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file's name, without folders. */
  public String name() {
    return path.getFileName().toString();
  }

  private static String text(JobParameters parameters, String name) {
    return Objects.requireNonNull(parameters.getString(name), "job parameter " + name);
  }
}
