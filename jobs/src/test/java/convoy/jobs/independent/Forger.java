package convoy.jobs.independent;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.io.AtomicFiles;
import convoy.data.trust.Hashes;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Lays the files of an attack into a folder of their own, above those that were issued. */
final class Forger {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path site;
  private final Path layer;

  /**
   * @param site what was issued
   * @param layer where the forged files go
   */
  Forger(Path site, Path layer) {
    this.site = site;
    this.layer = layer;
  }

  /** Another file in the place of one. */
  Forger put(String file, Path other) throws IOException {
    return write(file, Files.readAllBytes(other));
  }

  /** A file whose text is changed, which nobody signs. */
  Forger edit(String file, UnaryOperator<String> change) throws IOException {
    return write(file, change.apply(Files.readString(there(file))).getBytes(UTF_8));
  }

  /** A file whose last byte is another one. */
  Forger damage(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(there(file));
    bytes[bytes.length - 1] ^= 1;
    return write(file, bytes);
  }

  /** A document with changed content, signed by that key, under the same name. */
  Forger sign(String file, SigningKey key, Consumer<ObjectNode> change) throws IOException {
    return sign(file, file, key, change);
  }

  /** A snapshot or timestamp of that version that lists a file with its version. */
  Forger list(String file, int version, SigningKey key, String listed, int listedVersion)
      throws IOException {
    return listAs(file, file, version, key, listed, listedVersion);
  }

  /** The same under another name. */
  Forger listAs(
      String from, String file, int version, SigningKey key, String listed, int listedVersion)
      throws IOException {
    byte[] bytes = Files.readAllBytes(there(listed));
    return sign(
        from,
        file,
        key,
        signed -> {
          signed.put("version", version);
          ObjectNode meta = (ObjectNode) signed.get("meta").iterator().next();
          meta.put("version", listedVersion).put("length", bytes.length);
          ((ObjectNode) meta.get("hashes")).put("sha256", Hashes.sha256(bytes));
        });
  }

  @SuppressWarnings("unchecked")
  private Forger sign(String from, String file, SigningKey key, Consumer<ObjectNode> change)
      throws IOException {
    ObjectNode signed = (ObjectNode) JSON.readTree(Files.readAllBytes(there(from))).get("signed");
    change.accept(signed);
    Map<String, Object> content = JSON.treeToValue(signed, Map.class);
    return write(file, SignedDocument.sign(content, List.of(key)));
  }

  private Path there(String file) {
    Path forged = layer.resolve(file);
    return Files.exists(forged) ? forged : site.resolve(file);
  }

  private Forger write(String file, byte[] bytes) throws IOException {
    AtomicFiles.write(layer.resolve(file), bytes);
    return this;
  }
}
