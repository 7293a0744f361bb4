package convoy.config;

import static convoy.config.Checks.between;
import static convoy.config.Checks.check;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * How the outbox is published (docs/delivery.md).
 *
 * @param nightly whether runs that issue publish afterwards
 * @param folder where to, for FOLDER; relative to the home; empty for the other targets
 */
public record PublishSettings(PublishTarget to, boolean nightly, String folder, S3 s3) {
  public PublishSettings {
    check(
        !nightly || to != PublishTarget.NOWHERE,
        "nightly",
        nightly,
        "false while publish.to is NOWHERE");
    check(
        to != PublishTarget.FOLDER || !folder.isBlank(),
        "folder",
        folder,
        "a folder such as /mnt/share/convoy, as publish.to is FOLDER");
    check(
        to != PublishTarget.S3 || !s3.bucket().isEmpty(),
        "s3.bucket",
        s3.bucket(),
        "the name of a bucket, as publish.to is S3");
  }

  /**
   * A bucket of an object store.
   *
   * @param prefix what all keys begin with: empty, or a path that ends in a slash
   * @param endpoint the URI of a store other than Amazon's; empty for Amazon's
   * @param pathStyle whether the bucket stands in the path of requests instead of the host's name
   * @param credentialsFile a file with an access key, relative to the home; empty for those of the
   *     environment
   * @param partSize a larger file is sent in parts of this size, 5 MiB to 5 GiB
   * @param attempts how often a request is tried
   * @param timeout how long a connection may be silent
   */
  public record S3(
      String bucket,
      String prefix,
      String region,
      String endpoint,
      boolean pathStyle,
      String credentialsFile,
      ObjectChecksum checksum,
      DataSize partSize,
      int attempts,
      Duration timeout) {
    private static final long LEAST_PART = 5L << 20;
    private static final long LARGEST_PART = 5L << 30;

    public S3 {
      check(
          bucket.isEmpty() || bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]{2,62}"),
          "bucket",
          bucket,
          "3 to 63 letters, digits, '.', '_' and '-'");
      check(
          prefix.matches("([A-Za-z0-9=._-]+/)*"),
          "prefix",
          prefix,
          "nothing, or a path of letters, digits, '=', '.', '_' and '-' that ends in a slash, such as"
              + " fleet/");
      check(region.matches("[a-z0-9-]+"), "region", region, "a region such as eu-central-1");
      check(
          endpoint.isEmpty() || isServer(endpoint),
          "endpoint",
          endpoint,
          "a URI such as https://store.example:9000, or nothing");
      check(
          partSize.bytes() >= LEAST_PART && partSize.bytes() <= LARGEST_PART,
          "part-size",
          partSize,
          "5MiB to 5GiB");
      between("attempts", attempts, 1, 20);
      check(timeout.compareTo(Duration.ZERO) > 0, "timeout", timeout, "more than PT0S");
    }

    /** Whether the store is asked for its own SHA-256. */
    public boolean isSha256() {
      return checksum == ObjectChecksum.SHA256;
    }

    private static boolean isServer(String text) {
      try {
        URI uri = new URI(text);
        return uri.getHost() != null
            && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
            && (uri.getPath().isEmpty() || uri.getPath().equals("/"))
            && uri.getQuery() == null
            && uri.getUserInfo() == null;
      } catch (URISyntaxException e) {
        return false;
      }
    }
  }
}
