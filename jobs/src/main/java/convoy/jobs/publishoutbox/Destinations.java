package convoy.jobs.publishoutbox;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.config.PublishSettings;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.writers.delivery.Destination;
import convoy.writers.delivery.FolderDestination;
import convoy.writers.delivery.S3Destination;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The destination that the settings name. */
public final class Destinations {
  private Destinations() {}

  /** As the store and people know it; empty where nothing is published. */
  public static String name(Home home, ConvoySettings settings) {
    PublishSettings publish = settings.publish();
    return switch (publish.to()) {
      case NOWHERE -> "";
      case FOLDER -> folder(home, publish).toString();
      case S3 -> name(publish.s3());
    };
  }

  /**
   * The same where something is to be published.
   *
   * @throws ConvoyException CONFIGURATION when the settings name none
   */
  public static String requireName(Home home, ConvoySettings settings) {
    String name = name(home, settings);
    if (name.isEmpty()) {
      throw nowhere(home);
    }
    return name;
  }

  private static ConvoyException nowhere(Home home) {
    return new ConvoyException(
        ErrorCode.CONFIGURATION,
        "publish.to 'NOWHERE': expected FOLDER or S3 in " + home.settingsFile());
  }

  /** Two stores may have buckets of one name. */
  private static String name(PublishSettings.S3 s3) {
    String bucket = "s3://" + s3.bucket() + "/" + s3.prefix();
    return s3.endpoint().isEmpty() ? bucket : bucket + " at " + s3.endpoint();
  }

  /**
   * Opens it; the caller closes it.
   *
   * @throws ConvoyException CONFIGURATION when the settings name none, or it is not as it must be;
   *     NOT_TRUSTED when others have access to the file with its key
   */
  public static Destination open(Home home, ConvoySettings settings) throws IOException {
    PublishSettings publish = settings.publish();
    return switch (publish.to()) {
      case NOWHERE -> throw nowhere(home);
      case FOLDER -> new FolderDestination(folder(home, publish), home.outbox());
      case S3 -> S3Destination.open(publish.s3(), credentials(home, publish));
    };
  }

  /**
   * Checks that it could be opened, as far as can be seen from here.
   *
   * @throws ConvoyException as {@link #open}
   */
  public static void require(Home home, ConvoySettings settings) throws IOException {
    PublishSettings publish = settings.publish();
    switch (publish.to()) {
      case NOWHERE -> throw nowhere(home);
      case FOLDER -> FolderDestination.require(folder(home, publish), home.outbox());
      case S3 -> S3Destination.require(credentials(home, publish));
    }
  }

  private static @Nullable Path credentials(Home home, PublishSettings publish) {
    String file = publish.s3().credentialsFile();
    return file.isEmpty() ? null : home.root().resolve(file);
  }

  private static Path folder(Home home, PublishSettings publish) {
    return home.root().resolve(publish.folder()).normalize();
  }
}
