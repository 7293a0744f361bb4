package convoy.jobs.repository;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootMetadata;
import convoy.data.trust.IsoSeconds;
import convoy.data.trust.PasswordFile;
import convoy.data.trust.PrivateKeyFile;
import convoy.data.trust.PublicKey;
import convoy.data.trust.RoleKeys;
import convoy.data.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The private keys of both repositories that are at hand: those that lie in the home, {@code
 * keys/director/targets-<key id>.p12} and so on, and for roles that sign unattended those in the
 * hardware module that the settings name. One password, in a file, opens all in the home, since the
 * nightly run has to. A key that it shall not have is kept elsewhere.
 *
 * <p>Opening one takes a while on purpose; each is opened once for as long as this lives. For one
 * thread.
 */
public final class KeyRing {
  private final Home home;
  private final Path passwordFile;
  private final @Nullable HeldModule module;
  private final Map<Path, Held> opened = new HashMap<>();

  private KeyRing(Home home, Path passwordFile, @Nullable HeldModule module) {
    this.home = home;
    this.passwordFile = passwordFile;
    this.module = module;
  }

  /** The one of an installation. */
  public static KeyRing of(Home home, ConvoySettings settings) {
    return new KeyRing(
        home,
        home.root().resolve(settings.keys().passwordFile()),
        HeldModule.of(home, settings.keys().module()));
  }

  /**
   * A key that is at hand.
   *
   * @param where it lies, for messages
   * @param place the same in short, such as "in the home"
   * @param validUntil until when it is meant to sign
   */
  public record Held(KeyRole role, String where, String place, SigningKey key, Instant validUntil) {
    /**
     * Checks that it may still sign.
     *
     * @throws ConvoyException NOT_TRUSTED when it has run out
     */
    SigningKey requireCurrent(Instant now) {
      if (!validUntil.isAfter(now)) {
        throw untrusted(
            "%s: the key ran out at %s, expected a newer one: ./convoy keys rotate %s"
                .formatted(where, IsoSeconds.format(validUntil), role.text()));
      }
      return key;
    }
  }

  /** Where the home has the keys and roots of a repository. */
  public Path folder(Repository repository) {
    // Beside keys/images, which has the keys that images are encrypted under.
    return home.keys().resolve(repository == Repository.DIRECTOR ? "director" : "image-repository");
  }

  /** Where the home would have a key of a role. */
  private Path file(KeyRole role, PublicKey key) {
    return folder(role.repository()).resolve("%s-%s.p12".formatted(role.role(), key.idPrefix()));
  }

  /**
   * The keys of a role that are at hand, in the order in which the root lists them.
   *
   * @throws ConvoyException NOT_TRUSTED when one does not open, or is another one
   */
  public List<Held> held(KeyRole role, RootMetadata root) throws IOException {
    return held(role, root.keys(role).keys().values());
  }

  /** Whether the home has a file of the key; it is not opened. */
  boolean hasFile(KeyRole role, PublicKey key) {
    return Files.exists(file(role, key));
  }

  private List<Held> held(KeyRole role, Collection<PublicKey> keys) throws IOException {
    List<Held> held = new ArrayList<>();
    for (PublicKey key : keys) {
      if (Files.exists(file(role, key))) {
        held.add(open(role, key));
      } else if (role.isOnline() && module != null) {
        module.find(role, key).ifPresent(held::add);
      }
    }
    return held;
  }

  /**
   * A key in the hardware module that may sign for a role.
   *
   * @throws ConvoyException CONFIGURATION when the settings name no module; NOT_TRUSTED when it
   *     does not open, has no such key, or that has run out
   */
  public SigningKey inModule(KeyRole role, String label, Instant now) throws IOException {
    if (module == null) {
      throw new ConvoyException(
          ErrorCode.CONFIGURATION,
          "convoy.yaml: found no library under keys.pkcs11, expected the hardware module's");
    }
    return module.labelled(role, label).requireCurrent(now);
  }

  /**
   * The keys that sign for a role: the first that the root lists, as many as must sign. Former
   * keys, which come later, sign nothing (docs/keys.md).
   */
  static List<PublicKey> signers(KeyRole role, RootMetadata root) {
    RoleKeys keys = root.keys(role);
    return keys.keys().values().stream().limit(keys.threshold()).toList();
  }

  /**
   * Those of them that are at hand, also one that has run out.
   *
   * @throws ConvoyException NOT_TRUSTED when one does not open, or is another one
   */
  public List<Held> heldSigners(KeyRole role, RootMetadata root) throws IOException {
    return held(role, signers(role, root));
  }

  /**
   * One key of a role, when it is at hand, also when it has run out.
   *
   * @throws ConvoyException NOT_TRUSTED when it does not open, or is another one
   */
  Optional<Held> held(KeyRole role, PublicKey key) throws IOException {
    return held(role, List.of(key)).stream().findFirst();
  }

  /**
   * The keys that sign for a role and are at hand, to sign with.
   *
   * @throws ConvoyException NOT_TRUSTED when one does not open, is another one, or has run out
   */
  public List<SigningKey> signing(KeyRole role, RootMetadata root, Instant now) throws IOException {
    List<SigningKey> keys = new ArrayList<>();
    for (Held held : heldSigners(role, root)) {
      keys.add(held.requireCurrent(now));
    }
    return keys;
  }

  /**
   * The key with which a role signs unattended.
   *
   * @throws ConvoyException NOT_TRUSTED when it is not at hand, does not open, or has run out
   */
  public SigningKey online(KeyRole role, RootMetadata root, Instant now) throws IOException {
    return signing(role, root, now).stream()
        .findFirst()
        .orElseThrow(
            () ->
                untrusted(
                    "%s: found no key of %s, expected one of %s, which %s.root.json lists"
                        .formatted(
                            folder(role.repository()) + (module == null ? "" : ", " + module),
                            role.text(),
                            signers(role, root).stream().map(PublicKey::shortId).toList(),
                            root.version())));
  }

  private Held open(KeyRole role, PublicKey expected) throws IOException {
    Path file = file(role, expected);
    Held known = opened.get(file);
    if (known == null) {
      known = read(role, expected, file);
      opened.put(file, known);
    }
    return known;
  }

  private Held read(KeyRole role, PublicKey expected, Path file) throws IOException {
    char[] password = PasswordFile.read(passwordFile);
    try {
      PrivateKeyFile.Opened found = PrivateKeyFile.open(file, password);
      if (!found.key().publicKey().equals(expected)) {
        throw untrusted(
            "%s: found key %s, expected %s, as its name says"
                .formatted(file, found.key().publicKey().shortId(), expected.shortId()));
      }
      return new Held(role, file.toString(), "in the home", found.key(), found.validUntil());
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /**
   * Makes an Ed25519 key of a role in the home.
   *
   * @return the key; its file is there
   */
  public SigningKey make(KeyRole role, Instant now, Instant until) throws IOException {
    SigningKey key = SigningKey.generate();
    store(role, key, now, until);
    return key;
  }

  /** Puts a new key of a role into the home. */
  public void store(KeyRole role, SigningKey key, Instant now, Instant until) throws IOException {
    char[] password = PasswordFile.read(passwordFile);
    try {
      PrivateKeyFile.store(file(role, key.publicKey()), key, role.text(), password, now, until);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** The file with the password of the keys. */
  Path passwordFile() {
    return passwordFile;
  }

  private static ConvoyException untrusted(String message) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message);
  }
}
