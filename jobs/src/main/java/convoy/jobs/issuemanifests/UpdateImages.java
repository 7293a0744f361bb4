package convoy.jobs.issuemanifests;

import convoy.config.Home;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.FileDigest;
import convoy.jobs.images.Image;
import convoy.jobs.images.ImageStore;
import convoy.jobs.images.KeptImages;
import convoy.writers.manifest.OutboxPublisher;
import java.io.IOException;
import java.util.Optional;

/** Puts the images of updates into the outbox, whole or not at all. */
final class UpdateImages {
  private final Home home;
  private final ImageStore images;

  UpdateImages(Home home, ImageStore images) {
    this.home = home;
    this.images = images;
  }

  /** Why the update's images cannot be published; empty when they are. */
  Optional<String> publish(FleetStore store, Definitions.Update update) throws IOException {
    OutboxPublisher outbox = new OutboxPublisher(home.outbox());
    try {
      for (Image image : Image.ofDefinition(update.definition()).values()) {
        FileDigest encrypted = KeptImages.require(store, image).encrypted();
        outbox.publishImage(images.file(image.sha256()), image.name(), encrypted.sha256());
      }
      return Optional.empty();
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.NOT_TRUSTED) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
