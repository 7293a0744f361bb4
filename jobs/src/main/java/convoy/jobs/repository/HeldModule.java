package convoy.jobs.repository;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.error.ConvoyException;
import convoy.data.manifest.KeyRole;
import convoy.data.trust.KeyModule;
import convoy.data.trust.PublicKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of roles in the hardware module of an installation. It is opened when the first key is
 * asked for, and once: a PIN that was refused is not tried again. For one thread.
 */
final class HeldModule {
  private final KeyModule.Place place;
  private final Map<PublicKey, Optional<KeyModule.Found>> looked = new HashMap<>();
  private @Nullable KeyModule opened;
  private @Nullable ConvoyException refused;

  private HeldModule(KeyModule.Place place) {
    this.place = place;
  }

  /** The one that the settings name; null for none. */
  static @Nullable HeldModule of(Home home, ConvoySettings.KeyModule settings) {
    return settings.library().isEmpty()
        ? null
        : new HeldModule(
            new KeyModule.Place(
                Path.of(settings.library()),
                settings.slot(),
                home.root().resolve(settings.pinFile())));
  }

  /**
   * The key of that public half.
   *
   * @return empty when the module does not have it
   * @throws ConvoyException NOT_TRUSTED when the module does not open or the key does not sign
   */
  Optional<KeyRing.Held> find(KeyRole role, PublicKey key) throws IOException {
    Optional<KeyModule.Found> found = looked.get(key);
    if (found == null) {
      found = open().find(key);
      looked.put(key, found);
    }
    return found.map(f -> held(role, f));
  }

  /**
   * The key of that label.
   *
   * @throws ConvoyException NOT_TRUSTED when the module does not open, has no such key, or it does
   *     not sign
   */
  KeyRing.Held labelled(KeyRole role, String label) throws IOException {
    return held(role, open().labelled(label));
  }

  private KeyModule open() throws IOException {
    if (refused != null) {
      throw refused;
    }
    if (opened == null) {
      try {
        opened = KeyModule.open(place);
      } catch (ConvoyException e) {
        refused = e;
        throw e;
      }
    }
    return opened;
  }

  private KeyRing.Held held(KeyRole role, KeyModule.Found found) {
    return new KeyRing.Held(
        role,
        "%s, key '%s'".formatted(this, found.label()),
        "in the hardware module as '%s'".formatted(found.label()),
        found.key(),
        found.validUntil());
  }

  @Override
  public String toString() {
    return place.words();
  }
}
