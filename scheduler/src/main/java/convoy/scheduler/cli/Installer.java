package convoy.scheduler.cli;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.image.ImageKeys;
import convoy.data.io.AtomicFiles;
import convoy.data.trust.Operator;
import convoy.data.trust.OperatorKey;
import convoy.data.trust.PrivateKeyFile;
import convoy.data.trust.Role;
import convoy.data.trust.SigningKey;
import convoy.data.trust.Trust;
import convoy.data.trust.TrustChanges;
import convoy.jobs.images.ImageStore;
import convoy.jobs.repository.Repositories;
import convoy.jobs.trust.TrustRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a new home: folders, settings, keys and roots of the Director and the image repository, the
 * key of images, and a trust root with two operators.
 */
final class Installer {
  /** The trial operators; each can approve what the other wrote. */
  static final List<String> OPERATORS = List.of("alice", "bob");

  private static final Set<Role> TRIAL_ROLES = EnumSet.complementOf(EnumSet.of(Role.AUDITOR));

  private Installer() {}

  /**
   * Makes the home.
   *
   * @throws ConvoyException USAGE when there is an installation already; nothing is changed then
   */
  static void install(Home home, Instant now) throws IOException {
    Path director = home.keys().resolve("director");
    if (Files.exists(director) || Files.exists(home.store().resolve("fleet.duckdb"))) {
      throw new ConvoyException(
          ErrorCode.USAGE, home.root() + ": found an installation already, which is left as it is");
    }
    home.create();
    if (Files.notExists(home.settingsFile())) {
      AtomicFiles.write(home.settingsFile(), settings().getBytes(StandardCharsets.UTF_8));
    }
    Repositories.of(home, ConvoySettings.load(home.settingsFile()))
        .createTrial(Map.of(), now.truncatedTo(ChronoUnit.SECONDS));
    ImageKeys.create(ImageStore.keys(home), now);
    trust(home, now.truncatedTo(ChronoUnit.SECONDS));
  }

  /** The defaults, with the first trial operator as who acts. */
  private static String settings() {
    String text = ConvoySettings.defaultText();
    String acting = text.replace("\noperator: \"\"\n", "\noperator: " + OPERATORS.get(0) + "\n");
    if (acting.equals(text)) {
      throw new IllegalStateException("the default settings have no key operator");
    }
    return acting;
  }

  private static void trust(Home home, Instant now) throws IOException {
    List<SigningKey> keys = new ArrayList<>();
    List<Operator> operators = new ArrayList<>();
    Instant until = now.plus(TrustChanges.VALID);
    for (String name : OPERATORS) {
      SigningKey key = SigningKey.generate();
      Path file = ActorOptions.keyFile(home, name);
      String password = Repositories.newPassword();
      AtomicFiles.writePrivate(
          Passwords.beside(file), (password + "\n").getBytes(StandardCharsets.UTF_8));
      PrivateKeyFile.store(file, key, name, password.toCharArray(), now, until);
      keys.add(key);
      operators.add(
          new Operator(
              name, TRIAL_ROLES, List.of(new OperatorKey(key.publicKey(), until, null)), Set.of()));
    }
    TrustRoot.create(home, Trust.first(operators, now, until), keys);
  }
}
