package convoy.jobs.issuemanifests;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
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

  /** Null before there is something to sign: opening keys takes a while, and may fail. */
  private @Nullable ShardSigner signer;

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
      ShardFile file =
          files.write(
              home.outbox(),
              shard.campaign(),
              shard.wave(),
              shard.shard(),
              signing.sign(fleet, shard));
      Issuing.markIssued(fleet, shard, file.sha256(), signing.keyids(), clock.instant());
      issued += shard.vehicles();
      progress.at("issuing manifests", issued, -1);
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
