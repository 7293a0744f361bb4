package convoy.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.io.RunningDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The size of an image does not matter for the memory, nor for what a cipher can count. */
@Tag("long")
class LargeImageTest {
  /** In a Java of its own with -Xmx64m, which a whole image of 100 MB would not fit. */
  @Test
  void anImageOf100MegabytesInLittleMemory(@TempDir Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                LargeImageTest.class.getName(),
                folder.resolve("image.cms").toString(),
                Long.toString(100_000_000))
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  /** 31 bits, which Java's own ciphers count with, do not count its bytes. */
  @Test
  void anImageOfMoreThan2Gibibytes(@TempDir Path folder) throws IOException {
    main(folder.resolve("image.cms").toString(), Long.toString((2L << 30) + 1_000_000));
  }

  /** Encrypts that many bytes into the file and opens it again. */
  public static void main(String... arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    ImageKey key = ImageKey.generate();
    RunningDigest clear = new RunningDigest();
    try (OutputStream out = Files.newOutputStream(file)) {
      ImageCipher.encrypt(clear.reading(zeros(Long.parseLong(arguments[1]))), out, key);
    }
    RunningDigest opened = new RunningDigest();
    try (InputStream in = Files.newInputStream(file)) {
      ImageCipher.decrypt(in, opened.writing(), key);
    }
    assertThat(opened.result()).isEqualTo(clear.result());
  }

  private static InputStream zeros(long length) {
    return new InputStream() {
      private long left = length;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] bytes, int offset, int count) {
        int read = (int) Math.min(left, count);
        left -= Math.max(0, read);
        return read <= 0 ? -1 : read;
      }
    };
  }
}
