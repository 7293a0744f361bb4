package convoy.readers.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.data.error.ConvoyException;
import convoy.readers.profile.ExportProfiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GzipExportTest {
  private static final byte[] TEXT =
      (Exports.ECUS + "\n" + "V1,GW,s,p,h,1,CAN,t\n".repeat(200)).getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  /** Wherever it is cut off, between its members too, save where a member ends. */
  @Test
  void aGzipThatIsCutOffIsRefused() throws IOException {
    byte[] whole = AnyFormatTest.gzip(TEXT, 2);
    int second = AnyFormatTest.gzip(Arrays.copyOf(TEXT, (TEXT.length + 1) / 2), 1).length;
    for (int length = 3; length < whole.length; length++) {
      if (length != second) {
        Path file = Exports.bytes(folder, "e.gz", Arrays.copyOf(whole, length));
        assertThatExceptionOfType(ConvoyException.class)
            .as("cut off after %d bytes", length)
            .isThrownBy(() -> Exports.read(file))
            .withMessageMatching(
                "e\\.gz: a damaged or cut off gzip \\(.*\\): expected a gzip that gunzip -t finds"
                    + " whole");
      }
    }
  }

  @Test
  void aGzipThatIsDamagedOrHasMoreAfterItIsRefused() throws IOException {
    byte[] damaged = AnyFormatTest.gzip(TEXT, 1);
    damaged[damaged.length - 6] ^= 1; // its CRC
    assertRefused(
        damaged,
        "e.gz: a damaged or cut off gzip (Gzip-compressed data is corrupt (CRC32 error).): expected a gzip that gunzip -t finds whole");
    byte[] longer = AnyFormatTest.gzip(TEXT, 1);
    longer = Arrays.copyOf(longer, longer.length + 10);
    assertRefused(
        longer,
        "e.gz: a damaged or cut off gzip (Unexpected data after a valid .gz stream.): expected a gzip that gunzip -t finds whole");
  }

  @Test
  void aGzipThatBecomesTooMuchIsRefused() throws IOException {
    Path file = Exports.bytes(folder, "e.gz", AnyFormatTest.gzip(TEXT, 1));
    assertThat(Exports.read(file, new ExportFormats(ExportProfiles.NONE, TEXT.length)))
        .hasSize(200);
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> Exports.read(file, new ExportFormats(ExportProfiles.NONE, 4_000)))
        .withMessage(
            "e.gz: a gzip of more than 4,000 bytes of text: expected at most that"
                + " (import.max-inflated)");
  }

  @Test
  void aGzipOfAnythingButTextIsRefused() throws IOException {
    assertRefused(
        AnyFormatTest.gzip(AnyFormatTest.gzip(TEXT, 1), 1),
        "e.gz: a gzip inside a gzip: expected text in a gzip, or a workbook as it is");
    assertRefused(
        AnyFormatTest.gzip(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0}, 1),
        "e.gz: a gzipped workbook or zip file: expected text in a gzip, or a workbook as it is");
    assertRefused(
        AnyFormatTest.gzip(new byte[] {' '}, 1),
        "e.gz: empty (blank lines only): expected " + TextFormat.HEADER);
  }

  private void assertRefused(byte[] bytes, String message) throws IOException {
    Path file = Exports.bytes(folder, "e.gz", bytes);
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> Exports.read(file))
        .withMessage(message);
  }
}
