package convoy.data.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A second opinion that shares nothing with the code under test: Jackson parses, this class writes
 * canonical JSON by sorting UTF-8 bytes as unsigned hex, the JDK verifies Ed25519.
 */
public final class IndependentVerifier {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private IndependentVerifier() {}

  /** The document as maps and lists. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> parse(byte[] document) {
    return MAPPER.readValue(document, Map.class);
  }

  /** An object within an object. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(Map<String, Object> parent, String name) {
    return (Map<String, Object>) requireNonNull(parent.get(name));
  }

  /** Whether the only signature of the document is the key's. */
  public static boolean isSignedBy(byte[] document, String publicKeyHex) {
    Map<String, Object> parsed = parse(document);
    List<?> signatures = requireNonNull((List<?>) parsed.get("signatures"));
    Map<?, ?> signature = (Map<?, ?>) signatures.get(0);
    String keyJson =
        "{\"keytype\":\"ed25519\",\"keyval\":{\"public\":\""
            + publicKeyHex
            + "\"},\"scheme\":\"ed25519\"}";
    try {
      byte[] keyid = MessageDigest.getInstance("SHA-256").digest(keyJson.getBytes(UTF_8));
      if (signatures.size() != 1
          || !HexFormat.of().formatHex(keyid).equals(signature.get("keyid"))) {
        return false;
      }
      // The fixed head of a SubjectPublicKeyInfo for Ed25519, RFC 8410 section 10.1.
      byte[] spki = HexFormat.of().parseHex("302a300506032b6570032100" + publicKeyHex);
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
      verifier.update(canonical(parsed.get("signed")).getBytes(UTF_8));
      return verifier.verify(
          HexFormat.of().parseHex(requireNonNull((String) signature.get("sig"))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Canonical JSON, written the slow and obvious way. */
  public static String canonical(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      TreeMap<String, String> sorted = new TreeMap<>();
      map.forEach(
          (key, item) ->
              sorted.put(
                  HexFormat.of().formatHex(key.toString().getBytes(UTF_8)),
                  canonical(key) + ":" + canonical(item)));
      return sorted.values().stream().collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream()
          .map(IndependentVerifier::canonical)
          .collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof String text) {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
    return String.valueOf(value);
  }
}
