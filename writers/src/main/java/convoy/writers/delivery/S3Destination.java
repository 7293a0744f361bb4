package convoy.writers.delivery;

import convoy.config.PublishSettings;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket of an object store. Every upload carries the hashes by which the store refuses what was
 * damaged on the way; afterwards the store is asked for length and hash of what it has.
 */
public final class S3Destination implements Destination {
  private static final int NOT_FOUND = 404;
  // Of the whole file, also where the store has hashes of its parts alone.
  private static final String SHA256 = "sha256";

  private final PublishSettings.S3 settings;
  private final S3Client client;

  private S3Destination(PublishSettings.S3 settings, S3Client client) {
    this.settings = settings;
    this.client = client;
  }

  /**
   * Opens no connection yet.
   *
   * @param credentialsFile null for the credentials of the environment
   * @throws ConvoyException NOT_TRUSTED when the file is missing or not for its owner alone,
   *     CONFIGURATION when it has no key
   */
  public static S3Destination open(PublishSettings.S3 settings, @Nullable Path credentialsFile)
      throws IOException {
    AwsCredentialsProvider credentials =
        credentialsFile == null ? S3Clients.ofEnvironment() : S3Clients.ofFile(credentialsFile);
    return new S3Destination(settings, S3Clients.open(settings, credentials));
  }

  /**
   * Checks the file with its key, and makes no client.
   *
   * @throws ConvoyException as {@link #open}
   */
  public static void require(@Nullable Path credentialsFile) throws IOException {
    if (credentialsFile != null) {
      S3Clients.ofFile(credentialsFile);
    }
  }

  @Override
  public Outcome put(OutgoingFile file) throws IOException {
    String key = settings.prefix() + file.path().text();
    try {
      Optional<HeadObjectResponse> there = head(key);
      if (there.isPresent() && isThere(key, there.get(), file)) {
        return Outcome.WAS_THERE;
      }
      ObjectDigest sent =
          isInParts(file)
              ? new PartsUpload(client, settings).send(key, file, metadata(file), type(file))
              : sendWhole(key, file);
      verify(key, file, sent);
      return Outcome.COPIED;
    } catch (RuntimeException e) {
      Optional<IOException> unreadable = unreadable(e);
      if (unreadable.isPresent()) {
        throw unreadable.get();
      }
      throw e instanceof SdkException failure ? S3Failure.explained(uri(key), failure) : e;
    }
  }

  /** Why the body of a request could not be opened: the SDK wraps that in errors of many types. */
  private static Optional<IOException> unreadable(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UncheckedIOException && cause.getCause() instanceof IOException body) {
        return Optional.of(body);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether the object is the file. One that says so of itself and is not, as after a change of the
   * part size, is sent again.
   *
   * @throws ConvoyException NOT_TRUSTED when it is another one, under a name that fixes its bytes
   */
  private boolean isThere(String key, HeadObjectResponse head, OutgoingFile file)
      throws IOException {
    boolean isSaid = isOf(file, head);
    boolean isProved =
        head.contentLength() == file.bytes()
            && digest(file).matches(head.checksumSHA256(), head.eTag());
    if (!isSaid && !isProved && file.path().isFixed()) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "%s: found %s there, expected nothing or the %,d bytes of the outbox with SHA-256 %s"
              .formatted(uri(key), told(head), file.bytes(), file.sha256()));
    }
    return isProved;
  }

  private ObjectDigest digest(OutgoingFile file) throws IOException {
    if (!isInParts(file)) {
      return ObjectDigest.ofWhole(whole(file));
    }
    MessageDigest read = Digests.of("SHA-256");
    List<PartDigest> parts = new ArrayList<>();
    for (FilePart part : PartsUpload.parts(file, settings.partSize().bytes())) {
      parts.add(PartDigest.of(part, read));
    }
    file.requireSame(Digests.hex(read));
    return ObjectDigest.ofParts(parts);
  }

  private static PartDigest whole(OutgoingFile file) throws IOException {
    PartDigest digest = PartDigest.of(new FilePart(file.source(), 0, file.bytes()));
    file.requireSame(digest.sha256().hex());
    return digest;
  }

  private ObjectDigest sendWhole(String key, OutgoingFile file) throws IOException {
    PartDigest digest = whole(file);
    client.putObject(
        request ->
            request
                .bucket(settings.bucket())
                .key(key)
                .metadata(metadata(file))
                .contentType(type(file))
                .contentLength(file.bytes())
                .contentMD5(digest.md5().base64())
                .checksumSHA256(settings.isSha256() ? digest.sha256().base64() : null),
        new FilePart(file.source(), 0, file.bytes()).body());
    return ObjectDigest.ofWhole(digest);
  }

  /** An object that is not what was sent is taken away again, before anyone relies on it. */
  private void verify(String key, OutgoingFile file, ObjectDigest sent) {
    HeadObjectResponse head =
        head(key)
            .orElseThrow(
                () ->
                    new ConvoyException(
                        ErrorCode.JOB_FAILED,
                        uri(key) + ": found nothing there after it was sent, expected the file"));
    if (isOf(file, head) && sent.matches(head.checksumSHA256(), head.eTag())) {
      return;
    }
    ConvoyException failure =
        new ConvoyException(
            ErrorCode.JOB_FAILED,
            "%s: found %s there after it was sent, expected %,d bytes with SHA-256 %s or ETag %s;"
                    .formatted(uri(key), told(head), file.bytes(), sent.sha256(), sent.etag())
                + " it is taken away again");
    try {
      client.deleteObject(request -> request.bucket(settings.bucket()).key(key));
    } catch (SdkException e) {
      failure.addSuppressed(e);
    }
    throw failure;
  }

  private Optional<HeadObjectResponse> head(String key) {
    try {
      return Optional.of(
          client.headObject(
              request ->
                  request
                      .bucket(settings.bucket())
                      .key(key)
                      .checksumMode(settings.isSha256() ? ChecksumMode.ENABLED : null)));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean isInParts(OutgoingFile file) {
    return file.bytes() > settings.partSize().bytes();
  }

  private static boolean isOf(OutgoingFile file, HeadObjectResponse head) {
    return head.contentLength() == file.bytes()
        && file.sha256().equals(head.metadata().get(SHA256));
  }

  private static Map<String, String> metadata(OutgoingFile file) {
    return Map.of(SHA256, file.sha256());
  }

  private static String type(OutgoingFile file) {
    String path = file.path().text();
    if (path.endsWith(".json")) {
      return "application/json";
    }
    return path.endsWith(".zip") ? "application/zip" : "application/octet-stream";
  }

  private static String told(HeadObjectResponse head) {
    return "%,d bytes with %s"
        .formatted(
            head.contentLength(),
            head.checksumSHA256() != null
                ? "SHA-256 " + head.checksumSHA256()
                : "ETag " + ObjectDigest.unquoted(String.valueOf(head.eTag())));
  }

  private String uri(String key) {
    return "s3://" + settings.bucket() + "/" + key;
  }

  @Override
  public void close() {
    client.close();
  }
}
