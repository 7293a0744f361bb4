package convoy.writers.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineCsvWriterTest {
  private static final String HEADER = "file,sheet,line,column,rule,found,expected,message,raw\r\n";

  @TempDir Path dir;

  @Test
  void rejectedRowsToTheByte() throws IOException {
    Path file = dir.resolve("quarantine/ecus.csv.quarantine.csv");
    new QuarantineCsvWriter()
        .write(
            file,
            List.of(
                new QuarantineLine(
                    "ecus.csv",
                    null,
                    812,
                    "software_version",
                    "VERSION",
                    "v2..1",
                    "a version such as 2.1.0",
                    "ecus.csv line 812: software_version 'v2..1': expected a version such as 2.1.0",
                    "WVW,\"Brake, left\",v2..1"),
                new QuarantineLine(
                    "plant.xlsx", "ECUs", 3, "", "COLUMNS", "=1+1", "6 cells", "m", "=1+1\ta")));
    assertThat(Files.readString(file))
        .isEqualTo(
            HEADER
                + "ecus.csv,,812,software_version,VERSION,v2..1,a version such as 2.1.0,"
                + "ecus.csv line 812: software_version 'v2..1': expected a version such as 2.1.0,"
                + "\"WVW,\"\"Brake, left\"\",v2..1\"\r\n"
                + "plant.xlsx,ECUs,3,,COLUMNS,=1+1,6 cells,m,=1+1\ta\r\n");
  }

  @Test
  void noLinesAreAHeader() throws IOException {
    Path file = dir.resolve("q.csv");
    new QuarantineCsvWriter().write(file, List.of());
    assertThat(Files.readString(file)).isEqualTo(HEADER);
  }

  @Test
  void anyRawTextComesBackToTheLastCharacter() throws IOException {
    String[] pieces = {
      "\"", ",", "\r\n", "\n", "\r", "'", "=", " ", "\t", "\0", "ü", "🚗", "a", "\\"
    };
    Random random = new Random(11);
    List<QuarantineLine> lines = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      StringBuilder raw = new StringBuilder();
      for (int j = random.nextInt(9); j > 0; j--) {
        raw.append(pieces[random.nextInt(pieces.length)]);
      }
      lines.add(line(i + 1, raw.toString()));
    }
    Path file = dir.resolve("q.csv");
    new QuarantineCsvWriter().write(file, lines);
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSVFormat.RFC4180)) {
      List<String> raw = new ArrayList<>();
      for (CSVRecord row : parser) {
        raw.add(row.get(8));
      }
      assertThat(raw.subList(1, raw.size()))
          .isEqualTo(lines.stream().map(QuarantineLine::raw).toList());
    }
  }

  @Test
  void linesThatFailHalfwayLeaveNoFile() throws IOException {
    Path file = dir.resolve("q.csv");
    Iterable<QuarantineLine> failing =
        () ->
            new Iterator<>() {
              private int given;

              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public QuarantineLine next() {
                if (given++ == 5_000) {
                  throw new IllegalStateException("the store went away");
                }
                return line(given, "raw");
              }
            };
    assertThatThrownBy(() -> new QuarantineCsvWriter().write(file, failing))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the store went away");
    try (Stream<Path> left = Files.list(dir)) {
      assertThat(left).isEmpty();
    }
  }

  private static QuarantineLine line(long number, String raw) {
    @Nullable String sheet = null;
    return new QuarantineLine("f.csv", sheet, number, "c", "R", "f", "e", "m", raw);
  }
}
