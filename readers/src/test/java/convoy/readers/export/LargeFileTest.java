package convoy.readers.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.poi.xssf.streaming.SXSSFRow;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large files, read in a Java machine of little memory. */
class LargeFileTest {
  private static final int ROWS = 200_000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("long")
  void twoHundredThousandRowsOfASheetAreReadWithLittleMemory(boolean shared) throws Exception {
    assertThat(readWith("-Xmx96m", workbook(shared)))
        .isEqualTo("%d rows, the last V%d,GW,SN-%2$d,p,h,1.0.0,CAN,t".formatted(ROWS, ROWS - 1));
  }

  @Test
  void aLineOfTwoHundredMegabytesIsRefusedWithLittleMemory() throws Exception {
    Path file = folder.resolve("endless.csv");
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write(Exports.ECUS + "\nV1,GW,\"");
      String part = "x".repeat(1 << 20);
      for (int i = 0; i < 200; i++) {
        out.write(part);
      }
      out.write("\",p,h,1.0.0,CAN,t\n");
    }
    assertThat(readWith("-Xmx32m", file))
        .isEqualTo(
            "endless.csv line 2: more than 1048576 characters without a line end: expected rows of"
                + " an export");
  }

  private Path workbook(boolean shared) throws IOException {
    Path file = folder.resolve("large.xlsx");
    try (var book = new SXSSFWorkbook(null, 100, true, shared);
        OutputStream out = Files.newOutputStream(file)) {
      SXSSFSheet sheet = book.createSheet("Units");
      add(sheet, 0, Exports.ECUS.split(",", -1));
      for (int i = 0; i < ROWS; i++) {
        add(sheet, i + 1, "V" + i, "GW", "SN-" + i, "p", "h", "1.0.0", "CAN", "t");
      }
      book.write(out);
    }
    return file;
  }

  private static void add(SXSSFSheet sheet, int number, String... cells) {
    SXSSFRow row = sheet.createRow(number);
    for (int i = 0; i < cells.length; i++) {
      row.createCell(i).setCellValue(cells[i]);
    }
  }

  /** What a Java machine with that heap says of the file. */
  private String readWith(String heap, Path file) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ReadAll.class.getName(),
                file.toString())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("err.txt"))).isZero();
    return Files.readString(out, StandardCharsets.UTF_8).strip();
  }
}
