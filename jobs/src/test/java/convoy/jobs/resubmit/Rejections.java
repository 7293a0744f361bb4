package convoy.jobs.resubmit;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.QuarantinedInput;
import convoy.data.duckdb.QuarantinedInputs;
import convoy.jobs.JobHarness;
import convoy.jobs.importvehicles.ImportVehiclesJobConfiguration;
import convoy.readers.export.ExportFormats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A home in which files are taken in and sent again. */
final class Rejections implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-21T23:30:00.123456Z");
  static final String VIN = "WVWKP2BR3RW000001";
  static final String OTHER_VIN = "WVWCE2DR6RW000002";
  static final String VEHICLES =
      "vin,model,model_year,powertrain,region,manufactured_on,exported_at";
  static final String ECUS =
      "vin,module,serial,hardware_part,hardware_version,software_version,protocol,exported_at";

  final JobHarness jobs;
  private int runs;

  Rejections(Path folder) {
    jobs = new JobHarness(folder);
  }

  static String vehicle(String vin) {
    return vin + ",Brevik,2024,PETROL,DE,2023-11-21,2026-11-20T22:00:00Z";
  }

  static String ecu(String vin, String module, String version) {
    return "%s,%s,SN,5Q0-1,H08,%s,CAN,2026-11-20T22:00:00Z".formatted(vin, module, version);
  }

  /** Puts a file into the inbox and takes it in, in a run of its own. */
  String take(String name, byte[] bytes) {
    try {
      return take(Files.write(jobs.home().inboxManufacturing().resolve(name), bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String take(Path file) {
    return take(ImportVehiclesJobConfiguration.JOB, file);
  }

  String take(String job, Path file) {
    return JobHarness.summary(JobHarness.completed(jobs.take(job, file, "run-" + ++runs)));
  }

  /** The one file in the inbox. */
  Path inbox() {
    return only(jobs.home().inboxManufacturing());
  }

  static Path only(Path folder) {
    List<Path> files = files(folder);
    if (files.size() != 1) {
      throw new IllegalStateException("one file expected: " + files);
    }
    return files.get(0);
  }

  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The input of that name, as the list shows it. */
  QuarantinedInput input(String name) {
    return jobs.with(store -> find(store, name));
  }

  private static QuarantinedInput find(FleetStore store, String name) {
    return QuarantinedInputs.all(store, null).stream()
        .filter(input -> input.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  Resubmission.Result send(String name) {
    return make(name, new Resubmission.Request(null, null, false));
  }

  Resubmission.Result takeOut(String name, @Nullable String rule, Path to) {
    return make(name, new Resubmission.Request(rule, to, false));
  }

  Resubmission.Result make(String name, Resubmission.Request request) {
    return jobs.with(
        store -> {
          try {
            return Resubmission.make(
                jobs.home(), ExportFormats.PLAIN, store, find(store, name), request, NOW);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public void close() {
    jobs.close();
  }
}
