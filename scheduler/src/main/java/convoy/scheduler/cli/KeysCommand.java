package convoy.scheduler.cli;

import convoy.config.Home;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.RootChanges;
import convoy.data.trust.SignedDocument;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.KeyActs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "keys",
    description = {
      "The keys of the Director and of the image repository.",
      "Roles: director-root, director-targets, director-snapshot, director-timestamp,",
      "image-root, image-targets, image-snapshot, image-timestamp."
    },
    subcommands = {KeysRotateCommand.class, KeysSignCommand.class})
final class KeysCommand {
  static final String ROOT_VALID = "P3650D";

  @Command(
      name = "init",
      description = {
        "Makes all keys and the first roots in a home that has none, for trial:",
        "they lie in the home under one password, but for those that a hardware module has,",
        "so that everything is signed unattended."
      })
  int init(
      @Mixin HomeOptions options,
      @Mixin ActorOptions actor,
      @Option(
              names = "--pkcs11",
              paramLabel = "ROLE=LABEL",
              description = {
                "Takes the key of that label from the hardware module that convoy.yaml names,",
                "for a role that signs unattended; can be given for several."
              })
          @Nullable Map<String, String> labels) {
    Map<KeyRole, String> inModule = new EnumMap<>(KeyRole.class);
    if (labels != null) {
      labels.forEach((role, label) -> inModule.put(requireUnattended(role), label));
    }
    return KeysChange.run(
        options,
        actor,
        "keys init",
        (acts, now) -> {
          acts.createTrial(inModule);
          return List.of(
              "made keys and roots of the Director and the image repository; they are for trial:"
                  + " docs/keys.md says how to keep some elsewhere");
        });
  }

  /** A role whose key may be in a hardware module. */
  static KeyRole requireUnattended(String role) {
    KeyRole of = KeyRole.of(role);
    if (!of.isOnline()) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "--pkcs11: people sign for %s, expected a role that signs unattended, such as director-targets"
              .formatted(role));
    }
    return of;
  }

  @Command(name = "list", description = "Lists the keys of all roles, and what waits or ends.")
  int list(@Mixin HomeOptions options) throws IOException {
    Home home = options.existing();
    KeysText.lines(home, options.settings(home), Instant.now()).forEach(options.console()::line);
    return 0;
  }

  @Command(
      name = "retire",
      description = "Takes a former key out of a role, by a next root: what it signed ends.")
  int retire(
      @Mixin HomeOptions options,
      @Mixin ActorOptions actor,
      @Mixin RootKeyOptions rootKeys,
      @Parameters(paramLabel = "ROLE") String role,
      @Parameters(paramLabel = "KEYID", description = "The id of the key, or its beginning.")
          String keyid,
      @Option(names = "--valid-for", defaultValue = ROOT_VALID, paramLabel = "DURATION")
          Duration validFor) {
    KeyRole of = KeyRole.of(role);
    return KeysChange.run(
        options,
        actor,
        "keys retire",
        (acts, now) ->
            acts.propose(
                of.repository(),
                RootChanges.retire(
                    acts.present(of.repository()), of, keyid, ValidFor.until(now, validFor)),
                rootKeys.open(),
                ""));
  }

  @Command(
      name = "renew",
      description = "Begins the time of a root anew, with the same keys, by a next root.")
  int renew(
      @Mixin HomeOptions options,
      @Mixin ActorOptions actor,
      @Mixin RootKeyOptions rootKeys,
      @Parameters(paramLabel = "ROLE", description = "director-root or image-root.") String role,
      @Option(names = "--valid-for", defaultValue = ROOT_VALID, paramLabel = "DURATION")
          Duration validFor) {
    KeyRole of = KeyRole.of(role);
    if (!of.isRoot()) {
      throw new ConvoyException(
          ErrorCode.USAGE, "role '%s': expected director-root or image-root".formatted(role));
    }
    return KeysChange.run(
        options,
        actor,
        "keys renew",
        (acts, now) ->
            acts.propose(
                of.repository(),
                RootChanges.renew(acts.present(of.repository()), ValidFor.until(now, validFor)),
                rootKeys.open(),
                ""));
  }

  @Command(
      name = "export",
      description = {
        "Writes what is to be signed elsewhere: a root that waits, or the list of all images.",
        "There, ./convoy keys sign FILE --key KEY adds a signature; here, keys take takes it in."
      })
  int export(
      @Mixin HomeOptions options,
      @Parameters(paramLabel = "ROLE", description = "director-root, image-root or image-targets.")
          String role,
      @Option(
              names = "--to",
              paramLabel = "FILE",
              description = "Where it goes (default: such as ./image-2.targets.json).")
          @Nullable Path to)
      throws IOException {
    KeyRole of = KeyRole.of(role);
    requireOffline(of);
    Home home = options.existing();
    SignedDocument document =
        options.read(
            "keys export",
            store -> {
              KeyActs acts = new KeyActs(store, home, options.settings(home), now());
              try {
                return of.isRoot() ? acts.waitingRoot(of.repository()) : acts.nextTargets();
              } catch (IOException e) {
                throw new UncheckedIOException("keys export: " + e.getMessage(), e);
              }
            });
    Path file =
        to != null
            ? to
            : Path.of(
                "%s-%d.%s.json"
                    .formatted(
                        of.repository().folder(),
                        document.signed().integer("version", 1),
                        of.role()));
    if (Files.exists(file)) {
      throw new ConvoyException(
          ErrorCode.USAGE, file + ": found a file already, expected a new one");
    }
    AtomicFiles.write(file, document.encoded());
    Console console = options.console();
    KeysText.content(document).forEach(console::line);
    console.line(
        "wrote %s: ./convoy keys sign %s --key KEY where the keys are, then ./convoy keys take %s %s"
            .formatted(file, file, role, file));
    return 0;
  }

  @Command(
      name = "take",
      description = {
        "Takes in what was signed elsewhere. Signatures of several copies count together.",
        "Refused, and nothing changed, when too few of the role's keys have signed it."
      })
  int take(
      @Mixin HomeOptions options,
      @Mixin ActorOptions actor,
      @Parameters(paramLabel = "ROLE") String role,
      @Parameters(paramLabel = "FILE", arity = "1..*") List<Path> files)
      throws IOException {
    KeyRole of = KeyRole.of(role);
    requireOffline(of);
    List<SignedDocument> copies = new ArrayList<>();
    for (Path file : files) {
      copies.add(KeysSignCommand.read(file));
    }
    return KeysChange.run(
        options,
        actor,
        "keys take",
        (acts, now) ->
            of.isRoot() ? acts.takeRoot(of.repository(), copies) : acts.takeTargets(copies));
  }

  private static void requireOffline(KeyRole role) {
    if (role.isOnline()) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "role '%s' signs unattended: expected director-root, image-root or image-targets"
              .formatted(role.text()));
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }
}
