package convoy.readers.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.status.VersionReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.ExecutionContext;

class VersionReportReaderTest {
  @TempDir Path folder;

  @Test
  void aRestartGoesOnBehindTheReportsWhoseRowsAreCommitted() throws IOException {
    String example =
        Files.readString(Path.of("../docs/formats/status-log/vehicle.vvr.jsonl")).strip();
    Path file =
        Files.writeString(
            folder.resolve("a.vvr.jsonl"), example + "\n\nnonsense\r\n" + example + "\n");
    assertThat(read(file, 0)).extracting(VersionReport::line).containsExactly(1L, 3L, 4L);
    assertThat(read(file, 0)).extracting(VersionReport::rows).containsExactly(2, 1, 2);
    assertThat(read(file, 2)).extracting(VersionReport::line).containsExactly(3L, 4L);
    assertThat(read(file, 3)).extracting(VersionReport::line).containsExactly(4L);
    assertThat(read(file, 5)).isEmpty();
    for (long committed : new long[] {1, 4, 6}) {
      assertThatThrownBy(() -> read(file, committed))
          .hasMessageMatching(
              "a.vvr.jsonl: [2-5] rows, but %d were read from it before; expected the same file"
                  .formatted(committed));
    }
  }

  @Test
  void whatIsNoTextIsRejectedAndWhatIsNoFileRefused() throws IOException {
    Path file = Files.write(folder.resolve("b.vvr.jsonl"), new byte[] {'{', (byte) 0xE9, '}'});
    assertThat(read(file, 0))
        .extracting(VersionReport::fault)
        .containsExactly("found bytes that are not UTF-8 text, expected JSON");
    assertThatThrownBy(() -> read(Files.createFile(folder.resolve("c.vvr.jsonl")), 0))
        .hasMessage("c.vvr.jsonl: the file is empty, expected one version report on each line");
    assertThatThrownBy(() -> read(folder.resolve("d.vvr.jsonl"), 0))
        .hasMessage("d.vvr.jsonl: no such file, expected version reports");
  }

  private static List<VersionReport> read(Path file, long committed) {
    VersionReportReader reader = new VersionReportReader(file, () -> committed);
    List<VersionReport> reports = new ArrayList<>();
    try {
      reader.open(new ExecutionContext());
      for (VersionReport report = reader.read(); report != null; report = reader.read()) {
        reports.add(report);
      }
    } finally {
      reader.close();
    }
    return reports;
  }
}
