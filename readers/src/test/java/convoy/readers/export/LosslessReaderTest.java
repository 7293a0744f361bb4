package convoy.readers.export;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.vehicle.UndecodedBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LosslessReaderTest {
  @ParameterizedTest
  @CsvSource({
    "UTF-8, 61E962, a\\xE9b",
    "UTF-8, C3A9, é",
    "UTF-8, 61C3, a\\xC3",
    "UTF-8, F09F9A97F09F, 🚗\\xF0\\x9F",
    "UTF-8, EDA080, \\xED\\xA0\\x80",
    "UTF-16LE, 6100E9D8, a\\xE9\\xD8",
    "UTF-16BE, 006100, a\\x00",
  })
  void bytesThatTheEncodingCannotReadAreShownInHex(String charset, String hex, String shown)
      throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(UndecodedBytes.shown(read(bytes, Charset.forName(charset)))).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1_000, 200_000})
  void noByteOfAnUtf8FileIsLost(int size) throws IOException {
    Random random = new Random(size);
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      // Text with the occasional byte that may be anything.
      bytes[i] = (byte) (random.nextInt(20) == 0 ? random.nextInt(256) : 'a' + i % 26);
    }
    ByteArrayOutputStream back = new ByteArrayOutputStream();
    read(bytes, StandardCharsets.UTF_8)
        .codePoints()
        .forEach(
            c -> {
              if (c >= 0xDC00 && c <= 0xDCFF) {
                back.write(c - 0xDC00);
              } else {
                back.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
              }
            });
    assertThat(back.toByteArray()).isEqualTo(bytes);
  }

  private static String read(byte[] bytes, Charset charset) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Reader reader = new LosslessReader(new ByteArrayInputStream(bytes), charset)) {
      char[] some = new char[777];
      for (int count = reader.read(some); count >= 0; count = reader.read(some)) {
        text.append(some, 0, count);
      }
    }
    return text.toString();
  }
}
