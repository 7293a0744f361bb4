package convoy.jobs.reconcilestatus;

import convoy.config.Home;
import convoy.data.trust.KeyFiles;
import convoy.data.trust.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The gateways that an installation trusts: {@code keys/gateways/NAME.pub}, Ed25519 in PEM. */
final class GatewayKeys {
  private static final String SUFFIX = ".pub";

  private GatewayKeys() {}

  /**
   * Their keys by name, as they lie there now.
   *
   * @throws convoy.data.error.ConvoyException NOT_TRUSTED when a file is no public key
   */
  static Map<String, PublicKey> read(Home home) throws IOException {
    Map<String, PublicKey> keys = new TreeMap<>();
    if (!Files.isDirectory(home.gateways())) {
      return keys;
    }
    try (Stream<Path> files = Files.list(home.gateways())) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        String name = file.getFileName().toString();
        if (name.endsWith(SUFFIX)) {
          keys.put(name.substring(0, name.length() - SUFFIX.length()), KeyFiles.loadPublic(file));
        }
      }
    }
    return keys;
  }
}
