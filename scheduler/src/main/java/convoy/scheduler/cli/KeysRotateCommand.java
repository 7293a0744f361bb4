package convoy.scheduler.cli;

import convoy.data.campaign.Reasons;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootChanges;
import convoy.data.manifest.RootMetadata;
import convoy.data.trust.KeyFiles;
import convoy.data.trust.PublicKey;
import convoy.data.trust.SignatureScheme;
import convoy.data.trust.SigningKey;
import convoy.jobs.repository.Repositories;
import convoy.scheduler.launch.KeyActs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rotate",
    description = {
      "Gives a role a new key, by a next root. What the former key signed is still taken,",
      "until it is retired; unless it is --compromised: then nothing is that it signed.",
      "Former root keys always go."
    })
final class KeysRotateCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();
  @Mixin private ActorOptions actor = new ActorOptions();
  @Mixin private RootKeyOptions rootKeys = new RootKeyOptions();

  @Parameters(paramLabel = "ROLE", description = "Such as director-targets.")
  private String role = "";

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description =
          "The public half, PEM, of a key that is kept elsewhere; can be given several times. Without it, and without --pkcs11, a key is made in the home.")
  private List<Path> publicKeys = new ArrayList<>();

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      description =
          "How a key signs that is made in the home: ed25519 or ecdsa-sha2-nistp256 (default: ed25519).")
  private @Nullable String scheme;

  @Option(
      names = "--pkcs11",
      paramLabel = "LABEL",
      description =
          "Takes the key of that label from the hardware module that convoy.yaml names; for roles that sign unattended.")
  private @Nullable String label;

  @Option(
      names = "--threshold",
      paramLabel = "N",
      description = "How many keys of the role must sign (default: as many as now).")
  private @Nullable Integer threshold;

  @Option(
      names = "--valid-for",
      defaultValue = KeysCommand.ROOT_VALID,
      paramLabel = "DURATION",
      description = "How long the next root holds (default: ${DEFAULT-VALUE}).")
  private Duration validFor = Repositories.ROOT_VALID;

  @Option(names = "--compromised", description = "Someone else may have the former key.")
  private boolean isCompromised;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for the audit log; has to be given with --compromised.")
  private @Nullable String reason;

  @Override
  public Integer call() {
    KeyRole keyRole = KeyRole.of(role);
    if (isCompromised && reason == null) {
      throw new ConvoyException(ErrorCode.USAGE, "--compromised: expected --reason TEXT beside it");
    }
    if (reason != null) {
      Reasons.require("--reason", reason);
    }
    if (keyRole.isOnline() && !publicKeys.isEmpty()) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "--public-key: %s signs unattended, expected a key that is made in the home, or --pkcs11"
              .formatted(role));
    }
    if (label != null) {
      KeysCommand.requireUnattended(role);
    }
    if (scheme != null && (label != null || !publicKeys.isEmpty())) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "--scheme: found %s beside it, expected none: the key is there already"
              .formatted(label != null ? "--pkcs11" : "--public-key"));
    }
    SignatureScheme made = scheme == null ? SignatureScheme.ED25519 : SignatureScheme.of(scheme);
    return KeysChange.run(
        options, actor, "keys rotate", (acts, now) -> rotate(acts, keyRole, made, now));
  }

  private List<String> rotate(KeyActs acts, KeyRole keyRole, SignatureScheme ofMade, Instant now)
      throws IOException {
    Instant until = ValidFor.until(now, validFor);
    RootMetadata present = acts.present(keyRole.repository());
    List<SigningKey> signers = new ArrayList<>(rootKeys.open());
    List<PublicKey> keys = new ArrayList<>();
    for (Path file : publicKeys) {
      keys.add(KeyFiles.loadPublic(file));
    }
    if (label != null) {
      keys.add(acts.keys().inModule(keyRole, label, now).publicKey());
    }
    SigningKey made = keys.isEmpty() ? SigningKey.generate(ofMade) : null;
    if (made != null) {
      keys.add(made.publicKey());
    }
    RootMetadata next =
        RootChanges.rotate(
            present,
            keyRole,
            keys,
            threshold == null ? present.keys(keyRole).threshold() : threshold,
            isCompromised ? RootChanges.Former.REFUSED : RootChanges.Former.ACCEPTED,
            until);
    if (made != null) {
      // Its file is there before the root that lists it, and not at all where that is refused.
      acts.requireMayPropose(keyRole.repository(), next, signers);
      acts.keys().store(keyRole, made, now, now.plus(Repositories.KEY_VALID));
    }
    List<String> lines =
        new ArrayList<>(
            acts.propose(keyRole.repository(), next, signers, reason == null ? "" : reason));
    if (isCompromised && keyRole.isOnline()) {
      lines.add(
          "once in effect, nothing is taken any more that the former keys signed"
              + (keyRole.repository() == Repository.DIRECTOR
                  ? "; the next run that issues signs anew what vehicles may still act on"
                  : ""));
    }
    return lines;
  }
}
