package convoy.scheduler.cli;

import convoy.data.campaign.Reasons;
import convoy.data.duckdb.FleetStore;
import convoy.data.trust.Operator;
import convoy.data.trust.Permission;
import convoy.data.trust.Revocation;
import convoy.data.trust.Role;
import convoy.data.trust.Trust;
import convoy.data.trust.TrustChain;
import convoy.data.trust.TrustChanges;
import convoy.data.trust.TrustText;
import convoy.data.update.UpdateCategory;
import convoy.jobs.trust.Actor;
import convoy.jobs.trust.TrustRoot;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.OperatorActs;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "operator",
    description = "Who may do what: the trust root, which administrators sign.",
    subcommands = OperatorKeyCommand.class)
final class OperatorCommand {
  static final Duration VALID = Duration.ofDays(730);
  private static final String DEFAULT_VALID = "P730D";

  @Command(name = "list", description = "Lists all operators, and the trust root's fingerprint.")
  int list(@Mixin HomeOptions options) {
    Console console = options.console();
    Instant now = Instant.now();
    TrustRoot root = options.trustRoot();
    TrustChain chain = root.load(now);
    Trust trust = chain.trust();
    console.line("fingerprint      " + chain.fingerprint());
    console.line("version          %d, until %s".formatted(trust.version(), trust.expires()));
    console.line(
        "signatures       administrators %d; approvals %s"
            .formatted(trust.administrators(), new TreeMap<>(trust.approvals())));
    trust.sorted().values().forEach(o -> console.line(TrustText.line(o, now)));
    root.waiting(trust)
        .ifPresent(
            document -> {
              console.line("waits for signatures: " + root.waitingFile(trust));
              TrustText.changes(trust, TrustChain.next(trust, document))
                  .forEach(line -> console.line("  " + line));
            });
    return 0;
  }

  @Command(name = "add", description = "Adds an operator with a new key, or with one made before.")
  int add(
      @Mixin HomeOptions options,
      @Mixin ActorOptions actor,
      @Mixin NewKeyOptions newKey,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--role", required = true, split = ",", paramLabel = "ROLE") List<Role> roles,
      @Option(
              names = "--valid-for",
              defaultValue = DEFAULT_VALID,
              paramLabel = "DURATION",
              description = "How long the key signs (default: ${DEFAULT-VALUE}).")
          Duration validFor) {
    return change(
        options,
        actor,
        "operator add",
        (acts, now) -> {
          Instant until = ValidFor.until(now, validFor);
          Trust trust = acts.trust();
          TrustChanges.requireNew(trust, name);
          return TrustChanges.add(
              trust,
              name,
              EnumSet.copyOf(roles),
              newKey.publicKey(options.existing(), name, now, until),
              until,
              now);
        });
  }

  @Command(
      name = "renew",
      description = {
        "Gives an operator a new key. The earlier one ends; what it signed so far stands.",
        "The earlier key file is left, under another name."
      })
  int renew(
      @Mixin HomeOptions options,
      @Mixin ActorOptions actor,
      @Mixin NewKeyOptions newKey,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--valid-for", defaultValue = DEFAULT_VALID, paramLabel = "DURATION")
          Duration validFor) {
    return change(
        options,
        actor,
        "operator renew",
        (acts, now) -> {
          Instant until = ValidFor.until(now, validFor);
          TrustChanges.requireKnown(acts.trust(), name);
          return TrustChanges.renew(
              acts.trust(),
              name,
              newKey.nextPublicKey(options.existing(), name, now, until),
              until,
              acts.standing(name),
              now.truncatedTo(ChronoUnit.SECONDS));
        });
  }

  @Command(
      name = "revoke",
      description = {
        "Ends an operator's key. What it signed so far stands,",
        "unless it is --compromised: then nothing does that it signed."
      })
  int revoke(
      @Mixin HomeOptions options,
      @Mixin ActorOptions actor,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--reason", required = true, paramLabel = "TEXT") String reason,
      @Option(names = "--compromised", description = "Someone else may have the key.")
          boolean isCompromised) {
    Reasons.require("--reason", reason);
    return change(
        options,
        actor,
        "operator revoke",
        (acts, now) -> {
          Operator operator = TrustChanges.requireKnown(acts.trust(), name);
          return TrustChanges.revoke(
              acts.trust(),
              name,
              new Revocation(
                  isCompromised ? Revocation.Kind.COMPROMISED : Revocation.Kind.ENDED,
                  now.truncatedTo(ChronoUnit.SECONDS),
                  reason),
              isCompromised
                  ? acts.standingWithout(name, operator.current().key())
                  : acts.standing(name),
              now);
        });
  }

  @Command(
      name = "roles",
      description = "Replaces an operator's roles. What the operator signed so far stands.")
  int roles(
      @Mixin HomeOptions options,
      @Mixin ActorOptions actor,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--role", required = true, split = ",", paramLabel = "ROLE")
          List<Role> roles) {
    return change(
        options,
        actor,
        "operator roles",
        (acts, now) ->
            TrustChanges.roles(
                acts.trust(), name, EnumSet.copyOf(roles), acts.standing(name), now));
  }

  @Command(
      name = "rules",
      description = {
        "Sets how many must agree. Without an option, only begins the trust root's time anew."
      })
  int rules(
      @Mixin HomeOptions options,
      @Mixin ActorOptions actor,
      @Option(
              names = "--administrators",
              paramLabel = "N",
              description = "Administrators who sign the next version of the trust root.")
          @Nullable Integer administrators,
      @Option(
              names = "--approvals",
              split = ",",
              paramLabel = "CATEGORY=N",
              description = "People who approve a campaign, by the category of its update.")
          @Nullable Map<UpdateCategory, Integer> approvals) {
    return change(
        options,
        actor,
        "operator rules",
        (acts, now) ->
            TrustChanges.rules(
                acts.trust(),
                administrators == null ? acts.trust().administrators() : administrators,
                approvals == null ? Map.of() : approvals,
                now));
  }

  @Command(
      name = "sign",
      description = "Adds an administrator's signature to the version that waits, and shows it.")
  int sign(@Mixin HomeOptions options, @Mixin ActorOptions actor) {
    Actor administrator = actor.prove(options, Permission.CHANGE_OPERATORS);
    options.change(
        "operator sign",
        administrator,
        store ->
            acts(options, store, Instant.now())
                .sign(administrator)
                .forEach(options.console()::line));
    return 0;
  }

  private static int change(
      HomeOptions options,
      ActorOptions actor,
      String what,
      BiFunction<OperatorActs, Instant, Trust> next) {
    Actor administrator = actor.prove(options, Permission.CHANGE_OPERATORS);
    options.change(
        what,
        administrator,
        store -> {
          Instant now = Instant.now();
          OperatorActs acts = acts(options, store, now);
          acts.requireNoneWaiting();
          acts.propose(administrator, next.apply(acts, now)).forEach(options.console()::line);
        });
    return 0;
  }

  private static OperatorActs acts(HomeOptions options, FleetStore store, Instant now) {
    return new OperatorActs(store, options.trustRoot(), now);
  }
}
