package convoy.jobs.samples;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The sample updates and campaigns, and images made up for the updates. */
final class SampleDefinitions {
  private static final List<String> TEXTS =
      List.of(
          "updates/abs-brake-hold.yaml",
          "updates/infotainment-gateway.yaml",
          "campaigns/brake-hold-2026-11.yaml",
          "campaigns/infotainment-2026-12.yaml");
  private static final List<Image> IMAGES =
      List.of(
          new Image("ABS", "2.1.0", 16),
          new Image("GATEWAY", "3.3.0", 8),
          new Image("INFOTAINMENT", "5.5.0", 64));

  private SampleDefinitions() {}

  /** A file to be: its path below the folder, with slashes, and its bytes. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Document(String path, byte[] content) {}

  private record Image(String module, String version, int kibibytes) {
    String path() {
      return "updates/images/%s-%s.bin".formatted(module.toLowerCase(Locale.ROOT), version);
    }
  }

  static List<Document> documents(long seed) {
    List<Document> documents = new ArrayList<>();
    for (String path : TEXTS) {
      documents.add(new Document(path, text(path)));
    }
    for (Image image : IMAGES) {
      documents.add(new Document(image.path(), bytes(image, seed)));
    }
    return documents;
  }

  private static byte[] text(String path) {
    try (InputStream in = SampleDefinitions.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new FileNotFoundException(path + " is not in the jobs module");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A readable head, so that a person sees what the file stands for, and bytes that mean nothing.
   */
  private static byte[] bytes(Image image, long seed) {
    byte[] bytes = new byte[image.kibibytes() * 1024];
    new Random(
            SampleFleet.mix(
                seed + Arrays.hashCode(image.path().getBytes(StandardCharsets.US_ASCII))))
        .nextBytes(bytes);
    byte[] head =
        "Convoy sample image, not software: %s %s\n"
            .formatted(image.module(), image.version())
            .getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, bytes, 0, head.length);
    return bytes;
  }
}
