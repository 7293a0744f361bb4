package convoy.jobs.input;

import convoy.data.duckdb.InputFile;
import convoy.data.io.FileDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * The parameters of a job that takes one file in. The file's content and the run identify the job
 * instance, so that a run that is taken up again goes on with the same instance.
 *
 * @param path where the file is
 * @param sha256 hex SHA-256 of its bytes
 */
public record InputParameters(Path path, String sha256, String run) {
  /** The parameters for a file as it stands now. */
  public static InputParameters of(Path file, String run) {
    try {
      return new InputParameters(file, FileDigest.sha256(file), run);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
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
