package convoy.jobs.images;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Images;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;

/** What the fleet store says of an image that a manifest is to name. */
public final class KeptImages {
  private KeptImages() {}

  /**
   * The image as it is kept.
   *
   * @throws ConvoyException NOT_TRUSTED when it is not kept, was not whole when it was last opened,
   *     or is another one
   */
  public static Images.Kept require(FleetStore store, Image image) {
    Images.Kept kept =
        Images.find(store, image.sha256())
            .orElseThrow(() -> untrusted(image, "expected it in the image store"));
    if (kept.verifiedAt() == null) {
      throw untrusted(
          image, "was not whole when it was last opened; './convoy images verify' says why");
    }
    if (!Image.of(image.name(), kept.clear()).equals(image)) {
      throw untrusted(image, "found %s in the store, expected %s".formatted(kept.clear(), image));
    }
    return kept;
  }

  private static ConvoyException untrusted(Image image, String problem) {
    return new ConvoyException(
        ErrorCode.NOT_TRUSTED, "image %s: %s".formatted(image.name(), problem));
  }
}
