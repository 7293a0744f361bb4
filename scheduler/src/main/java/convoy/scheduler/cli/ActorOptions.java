package convoy.scheduler.cli;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Operator;
import convoy.data.trust.Permission;
import convoy.data.trust.SigningKey;
import convoy.data.trust.Trust;
import convoy.data.trust.TrustText;
import convoy.jobs.trust.Actor;
import convoy.jobs.trust.TrustRoot;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who acts, for commands that change something; proved by opening the operator's key. */
final class ActorOptions {
  @Option(
      names = "--by",
      paramLabel = "OPERATOR",
      description = "Who acts (default: operator in convoy.yaml).")
  private @Nullable String operator;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The operator's key, PKCS#12 (default: keys/operators/OPERATOR.p12).")
  private @Nullable Path key;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "Holds the password of the key, for its owner alone (default: OPERATOR.password beside the key; without it, the password is asked for).")
  private @Nullable Path passwordFile;

  /** An operator whose key and password lie where init puts them. */
  static ActorOptions of(String operator) {
    ActorOptions options = new ActorOptions();
    options.operator = operator;
    return options;
  }

  /**
   * Proves who acts.
   *
   * @throws ConvoyException USAGE when nobody is named; NOT_TRUSTED when the operator is not known,
   *     the key does not open or is not the present one, or no role permits the act
   */
  Actor prove(HomeOptions options, Permission permission) {
    Home home = options.existing();
    ConvoySettings settings = options.settings(home);
    Actor actor = prove(home, settings, permission);
    Instant now = Instant.now();
    TrustText.endingSoon(TrustRoot.of(home, settings).load(now).trust(), now)
        .forEach(line -> options.console().problem("convoy: warning: " + line));
    return actor;
  }

  Actor prove(Home home, ConvoySettings settings, Permission permission) {
    String name = operator == null ? settings.operator() : operator;
    if (name.isEmpty()) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "found nobody who acts, expected --by OPERATOR, or operator in convoy.yaml");
    }
    Operator.requireName(name);
    Instant now = Instant.now();
    Trust trust = TrustRoot.of(home, settings).load(now).trust();
    SigningKey opened = Passwords.open(key == null ? keyFile(home, name) : key, passwordFile);
    return Actor.prove(trust, name, opened, permission, now);
  }

  /** Where an operator's key lies unless the command says otherwise. */
  static Path keyFile(Home home, String operator) {
    return home.keys().resolve("operators").resolve(operator + ".p12");
  }
}
