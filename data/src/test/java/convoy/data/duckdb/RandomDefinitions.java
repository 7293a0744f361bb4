package convoy.data.duckdb;

import convoy.data.eligibility.PlainCampaign;
import convoy.data.eligibility.PlainUpdate;
import convoy.data.eligibility.RandomRules;
import convoy.data.status.CampaignTrigger;
import convoy.data.update.UpdateDefinition;
import convoy.data.vehicle.ModuleCatalog;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Random updates and campaigns of a {@link PlainWorld}, and what becomes of them. */
final class RandomDefinitions {
  private final PlainWorld world;
  private final Random random;
  private int campaigns;

  RandomDefinitions(PlainWorld world, Random random) {
    this.world = world;
    this.random = random;
  }

  /** Updates of which some lead to versions that others start from, and campaigns. */
  void begin(int updates, int running) {
    for (int i = 0; i < updates; i++) {
      registerUpdate();
    }
    for (int i = 0; i < running; i++) {
      registerCampaign();
    }
  }

  private RandomRules rules() {
    return new RandomRules(random, world.modules);
  }

  void registerUpdate() {
    ModuleCatalog catalog = world.modules.catalog();
    while (true) {
      PlainUpdate update = rules().update("update-" + world.updates.size());
      UpdateDefinition definition;
      try {
        definition = PlainDefinitions.definition(update, catalog);
      } catch (IllegalArgumentException e) {
        continue; // It contradicts itself, as some random ones do: registering refuses it.
      }
      String json = PlainDefinitions.json(definition, catalog);
      Instant at = world.next();
      world.updates.add(update);
      world.happens(store -> Definitions.registerUpdate(store, update.name(), "1.0.0", json, at));
      return;
    }
  }

  void registerCampaign() {
    List<PlainUpdate> inUse =
        world.updates.stream().filter(u -> !world.withdrawn.contains(u.name())).toList();
    PlainUpdate update = rules().any(inUse);
    String id = "campaign-%02d".formatted(++campaigns);
    PlainCampaign campaign =
        rules().campaign(id, update, List.copyOf(world.vehicles.keySet()), world.local());
    ModuleCatalog catalog = world.modules.catalog();
    String digest =
        Definitions.digest(
            PlainDefinitions.json(PlainDefinitions.definition(update, catalog), catalog));
    Instant at = world.next();
    world.campaigns.put(id, campaign);
    world.happens(
        store -> {
          Definitions.registerCampaign(store, id, PlainDefinitions.json(campaign, digest), at);
          Samples.approve(store, id);
        });
  }

  /** Withdraws an update, which may be the way back that others ask for. */
  void withdraw() {
    PlainUpdate update = rules().any(world.updates);
    if (world.withdrawn.add(update.name())) {
      world.happens(
          store -> Updates.withdraw(store, update.name(), "1.0.0", "it is bad", Fleet.NOW));
    }
  }

  /** A campaign is over. */
  void abort() {
    String id = rules().any(List.copyOf(world.campaigns.keySet()));
    world.campaigns.remove(id);
    world.holders.values().forEach(campaigns -> campaigns.remove(id));
    world.happens(
        store -> {
          Campaigns.change(store, id, CampaignTrigger.ABORT, "over", Fleet.NOW);
          store.transaction(
              db ->
                  db.text("update assignment set state = 'CANCELLED' where campaign = :campaign")
                      .param("campaign", id)
                      .update());
        });
  }
}
