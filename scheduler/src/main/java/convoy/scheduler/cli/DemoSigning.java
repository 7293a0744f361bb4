package convoy.scheduler.cli;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.trust.Permission;
import convoy.jobs.trust.Actor;
import convoy.jobs.trust.CampaignSigning;
import convoy.jobs.trust.TrustRoot;
import convoy.scheduler.launch.CampaignActs;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.StoreReader;
import java.time.Instant;
import java.util.function.BiConsumer;

/** What the demo's two operators sign on its first evening, as people do with commands. */
final class DemoSigning {
  private final Home home;
  private final ConvoySettings settings;
  private final Console console;
  private final Instant now;

  DemoSigning(Home home, ConvoySettings settings, Console console, Instant now) {
    this.home = home;
    this.settings = settings;
    this.console = console;
    this.now = now;
  }

  /** Alice signs the updates; each submits a campaign, which the other approves. */
  void sign() {
    Actor alice = actor("alice", Permission.REGISTER_UPDATE);
    as(
        alice,
        (signing, store) -> {
          for (Definitions.Update update : Definitions.updates(store)) {
            signing.signUpdate(alice, update);
            say("%s %s", update.name() + " " + update.version(), "signed by alice");
          }
        });
    campaign("brake-hold-2026-11", "alice", "bob");
    campaign("infotainment-2026-12", "bob", "alice");
  }

  private void campaign(String id, String author, String other) {
    Actor manager = actor(author, Permission.SUBMIT_CAMPAIGN);
    Actor approver = actor(other, Permission.APPROVE_CAMPAIGN);
    as(
        manager,
        (signing, store) -> {
          signing.submit(manager, Campaigns.require(store, id));
          say("%s submitted by %s", id, author);
        });
    as(
        approver,
        (signing, store) -> {
          signing.approve(approver, Campaigns.require(store, id));
          say("%s approved by %s, signed over its exact content", id, other);
        });
  }

  private void say(String text, String subject, String who) {
    console.line("  " + text.formatted(subject, who));
  }

  private Actor actor(String name, Permission permission) {
    return ActorOptions.of(name).prove(home, settings, permission);
  }

  private void as(Actor actor, BiConsumer<CampaignSigning, FleetStore> work) {
    StoreReader.change(
        home,
        settings,
        console,
        "signatures",
        actor.name(),
        store -> {
          work.accept(CampaignActs.signing(TrustRoot.of(home, settings), store, now), store);
          return true;
        });
  }
}
