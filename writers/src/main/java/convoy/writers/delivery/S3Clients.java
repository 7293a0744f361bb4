package convoy.writers.delivery;

import convoy.config.PublishSettings;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.KeyFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of object stores. */
final class S3Clients {
  private S3Clients() {}

  static S3Client open(PublishSettings.S3 settings, AwsCredentialsProvider credentials) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .forcePathStyle(settings.pathStyle())
            .credentialsProvider(credentials)
            // Each upload carries hashes of our own; other stores refuse what Amazon's takes
            // beyond.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
            .overrideConfiguration(
                all -> all.retryStrategy(retries -> retries.maxAttempts(settings.attempts())))
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .connectionTimeout(settings.timeout())
                    .socketTimeout(settings.timeout()));
    if (!settings.endpoint().isEmpty()) {
      builder.endpointOverride(URI.create(settings.endpoint()));
    }
    return builder.build();
  }

  /** What the environment gives: variables, the user's profile, the machine's role. */
  static AwsCredentialsProvider ofEnvironment() {
    return DefaultCredentialsProvider.builder().build();
  }

  /**
   * The access key of a file in the form of {@code ~/.aws/credentials}, under {@code [default]}.
   *
   * @throws ConvoyException NOT_TRUSTED when it is missing or not for its owner alone,
   *     CONFIGURATION when it has no key
   */
  static AwsCredentialsProvider ofFile(Path file) throws IOException {
    byte[] text = KeyFiles.readOwnersAlone(file, "an access key of an object store");
    Profile profile = profile(file, text);
    String id = property(file, profile, ProfileProperty.AWS_ACCESS_KEY_ID);
    String secret = property(file, profile, ProfileProperty.AWS_SECRET_ACCESS_KEY);
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
  }

  private static Profile profile(Path file, byte[] text) {
    try {
      return ProfileFile.builder()
          .content(new ByteArrayInputStream(text))
          .type(ProfileFile.Type.CREDENTIALS)
          .build()
          .profile("default")
          .orElseThrow(() -> refused(file, "no section [default]"));
    } catch (IllegalArgumentException e) {
      // Not its message: it may repeat the line, and so the secret.
      throw refused(file, "a line that is none");
    }
  }

  private static String property(Path file, Profile profile, String name) {
    return profile.property(name).orElseThrow(() -> refused(file, "no " + name));
  }

  private static ConvoyException refused(Path file, String found) {
    return new ConvoyException(
        ErrorCode.CONFIGURATION,
        "publish.s3.credentials-file %s: found %s, expected [default] with %s and %s"
            .formatted(
                file,
                found,
                ProfileProperty.AWS_ACCESS_KEY_ID,
                ProfileProperty.AWS_SECRET_ACCESS_KEY));
  }
}
