package convoy.jobs.issuemanifests;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestSigner;
import convoy.jobs.images.ImageStore;
import convoy.jobs.images.KeyPackages;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.Progress;
import convoy.writers.manifest.ShardFile;
import convoy.writers.manifest.ShardWriter;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Signs shards into the outbox and records each as issued. One thread. */
final class ShardIssuer implements ItemWriter<Issuing.Shard>, AutoCloseable {
  private final Home home;
  private final ConvoySettings settings;
  private final OpenStore store;
  private final SigningGround ground;
  private final ImageStore images;
  private final Clock clock;
  private final Progress progress;
  private final ShardWriter files = new ShardWriter();

  private final Ahead ahead = new Ahead();

  private long issued;

  private @Nullable Begun begun;

  /** Null before there is something to sign: opening keys takes a while, and may fail. */
  private @Nullable ShardSigner signer;

  /** A shard that was not asked for yet. */
  private record Begun(Issuing.Shard shard, Ahead.Results<?, ManifestBundle> manifests) {}

  ShardIssuer(
      Home home,
      ConvoySettings settings,
      OpenStore store,
      SigningGround ground,
      ImageStore images,
      Clock clock,
      Progress progress) {
    this.home = home;
    this.settings = settings;
    this.store = store;
    this.ground = ground;
    this.images = images;
    this.clock = clock;
    this.progress = progress;
  }

  @Override
  public void write(Chunk<? extends Issuing.Shard> chunk) throws IOException {
    FleetStore fleet = store.get();
    for (Issuing.Shard shard : chunk) {
      ShardSigner signing = signer(fleet);
      Ahead.Results<?, ManifestBundle> manifests = manifests(fleet, signing, shard);
      manifests.then(() -> beginNext(fleet, signing, shard));
      ShardFile file =
          files.write(
              home.outbox(), shard.campaign(), shard.wave(), shard.shard(), () -> manifests);
      Issuing.markIssued(fleet, shard, file.sha256(), signing.keyids(), clock.instant());
      issued += shard.vehicles();
      progress.at("issuing manifests", issued, -1);
    }
  }

  private Ahead.Results<?, ManifestBundle> manifests(
      FleetStore fleet, ShardSigner signing, Issuing.Shard shard) {
    Begun ahead = begun;
    begun = null;
    return ahead != null && ahead.shard().equals(shard)
        ? ahead.manifests()
        : signing.sign(fleet, shard);
  }

  /**
   * Signing goes on while a shard is synced and recorded, with the one that most likely follows.
   * What is not asked for then is forgotten: it may have been dropped meanwhile. It is not prepared
   * anew while shards are issued, so what was begun still says the same.
   */
  private void beginNext(FleetStore fleet, ShardSigner signing, Issuing.Shard shard) {
    if (shard.withdrawal() == null && shard.rollback() == null) {
      Issuing.shards(fleet, List.of(shard.campaign())).stream()
          // What others carry may still be taken out of it.
          .filter(next -> !next.equals(shard) && next.carrying() == 0)
          .findFirst()
          .ifPresent(next -> begun = new Begun(next, signing.sign(fleet, next)));
    }
  }

  /** Called at the end of the step, as that of a bean. */
  @Override
  public void close() {
    ahead.close();
  }

  private ShardSigner signer(FleetStore fleet) throws IOException {
    if (signer == null) {
      Instant now = clock.instant();
      signer =
          new ShardSigner(
              new ManifestSigner(ground.keys(fleet, now)),
              ground.images(fleet, now).orElse(null),
              new KeyPackages(images),
              settings.manifests().imageBaseUri(),
              ahead);
    }
    return signer;
  }
}
