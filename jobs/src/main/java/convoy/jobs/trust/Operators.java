package convoy.jobs.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.KeyFiles;
import convoy.data.trust.PublicKey;
import convoy.data.trust.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The people who may approve campaigns: one key pair each, in a folder of the keys. */
public final class Operators {
  private static final String PUBLIC = ".pub.pem";
  private static final String PRIVATE = ".pem";

  private final Path folder;

  /** The operators of an installation. */
  public Operators(Path keys) {
    folder = keys.resolve("operators");
  }

  /** The public keys by operator, sorted by name. */
  public Map<String, PublicKey> publicKeys() {
    Map<String, PublicKey> keys = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return keys;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (name.endsWith(PUBLIC)) {
          keys.put(name.substring(0, name.length() - PUBLIC.length()), KeyFiles.loadPublic(file));
        }
      }
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  /**
   * The private key of an operator, from this machine.
   *
   * @throws ConvoyException USAGE when there is no such operator here
   */
  public SigningKey signingKey(String name) {
    Path file = folder.resolve(name + PRIVATE);
    try {
      if (!publicKeys().containsKey(name) || !Files.isRegularFile(file)) {
        throw new ConvoyException(
            ErrorCode.USAGE,
            "operator '%s': found no key here, expected one of %s"
                .formatted(name, publicKeys().keySet()));
      }
      return KeyFiles.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** Makes a key pair for a new operator. */
  public void add(String name) throws IOException {
    SigningKey key = SigningKey.generate();
    KeyFiles.store(folder.resolve(name + PRIVATE), key);
    KeyFiles.storePublic(folder.resolve(name + PUBLIC), key.publicKey());
  }
}
