package convoy.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The resource {@code convoy/convoy.yaml}: the one place where defaults are written. */
final class DefaultSettings {
  private static final String RESOURCE = "/convoy/convoy.yaml";

  private DefaultSettings() {}

  static String text() {
    try (InputStream in = DefaultSettings.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("resource " + RESOURCE + " is not in this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static YamlNode node() {
    return YamlParser.parse("default convoy.yaml", text())
        .orElseThrow(() -> new IllegalStateException("resource " + RESOURCE + " is empty"));
  }
}
