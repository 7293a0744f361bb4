package convoy.writers.delivery;

import convoy.config.PublishSettings;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.Digests;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Sends a large file in parts; the store makes the object when it has them all. An upload that was
 * cut off is gone on with: parts that the store has are known by their hashes.
 */
final class PartsUpload {
  private static final int MOST_PARTS = 10_000;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final S3Client client;
  private final PublishSettings.S3 settings;

  PartsUpload(S3Client client, PublishSettings.S3 settings) {
    this.client = client;
    this.settings = settings;
  }

  /** The parts of a file, in order. */
  static List<FilePart> parts(OutgoingFile file, long partSize) {
    List<FilePart> parts = new ArrayList<>();
    for (long offset = 0; offset < file.bytes(); offset += partSize) {
      parts.add(new FilePart(file.source(), offset, Math.min(partSize, file.bytes() - offset)));
    }
    return parts;
  }

  /**
   * Sends what the store does not have yet, and has it make the object.
   *
   * @throws ConvoyException CONFIGURATION when there would be too many parts
   */
  ObjectDigest send(String key, OutgoingFile file, Map<String, String> metadata, String type)
      throws IOException {
    List<FilePart> parts = parts(file, settings.partSize().bytes());
    if (parts.size() > MOST_PARTS) {
      throw new ConvoyException(
          ErrorCode.CONFIGURATION,
          "%s: found %,d parts of %,d bytes, expected %,d at most: a larger publish.s3.part-size"
              .formatted(file.source(), parts.size(), settings.partSize().bytes(), MOST_PARTS));
    }
    String upload = begun(key, file).orElseGet(() -> begin(key, metadata, type));
    try {
      return send(key, upload, file, parts);
    } catch (S3Exception e) {
      if (e.statusCode() == BAD_REQUEST || e.statusCode() == NOT_FOUND) {
        // Going on with it would fail in the same way.
        abandon(key, upload, e);
      }
      throw e;
    }
  }

  private ObjectDigest send(String key, String upload, OutgoingFile file, List<FilePart> parts)
      throws IOException {
    Map<Integer, Part> there = there(key, upload);
    MessageDigest read = Digests.of("SHA-256");
    List<PartDigest> digests = new ArrayList<>();
    List<CompletedPart> completed = new ArrayList<>();
    for (int number = 1; number <= parts.size(); number++) {
      FilePart part = parts.get(number - 1);
      PartDigest digest = PartDigest.of(part, read);
      digests.add(digest);
      Part sent = there.get(number);
      completed.add(
          sent != null && isSame(sent, part, digest)
              ? completed(number, sent.eTag(), digest)
              : send(key, upload, number, part, digest));
    }
    file.requireSame(Digests.hex(read));
    client.completeMultipartUpload(
        request ->
            request
                .bucket(settings.bucket())
                .key(key)
                .uploadId(upload)
                .multipartUpload(all -> all.parts(completed)));
    return ObjectDigest.ofParts(digests);
  }

  private static boolean isSame(Part sent, FilePart part, PartDigest digest) {
    return sent.size() == part.length()
        && ObjectDigest.ofWhole(digest).matches(sent.checksumSHA256(), sent.eTag());
  }

  private CompletedPart send(
      String key, String upload, int number, FilePart part, PartDigest digest) {
    UploadPartResponse response =
        client.uploadPart(
            request ->
                request
                    .bucket(settings.bucket())
                    .key(key)
                    .uploadId(upload)
                    .partNumber(number)
                    .contentLength(part.length())
                    .contentMD5(digest.md5().base64())
                    .checksumSHA256(settings.isSha256() ? digest.sha256().base64() : null),
            part.body());
    return completed(number, response.eTag(), digest);
  }

  private CompletedPart completed(int number, String etag, PartDigest digest) {
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(etag)
        .checksumSHA256(settings.isSha256() ? digest.sha256().base64() : null)
        .build();
  }

  private String begin(String key, Map<String, String> metadata, String type) {
    return client
        .createMultipartUpload(
            request ->
                request
                    .bucket(settings.bucket())
                    .key(key)
                    .metadata(metadata)
                    .contentType(type)
                    .checksumAlgorithm(settings.isSha256() ? ChecksumAlgorithm.SHA256 : null))
        .uploadId();
  }

  /** The latest unfinished upload of these very bytes; others under the key are given up. */
  private Optional<String> begun(String key, OutgoingFile file) {
    List<String> uploads =
        client
            .listMultipartUploads(request -> request.bucket(settings.bucket()).prefix(key))
            .uploads()
            .stream()
            .filter(upload -> upload.key().equals(key))
            .map(MultipartUpload::uploadId)
            .toList();
    // Where a name does not fix the bytes, an earlier upload was of others.
    int kept = uploads.isEmpty() || !file.path().isFixed() ? 0 : 1;
    uploads.subList(0, uploads.size() - kept).forEach(upload -> abort(key, upload));
    return kept == 0 ? Optional.empty() : Optional.of(uploads.get(uploads.size() - 1));
  }

  private Map<Integer, Part> there(String key, String upload) {
    Map<Integer, Part> parts = new HashMap<>();
    client
        .listPartsPaginator(request -> request.bucket(settings.bucket()).key(key).uploadId(upload))
        .parts()
        .forEach(part -> parts.put(part.partNumber(), part));
    return parts;
  }

  private void abandon(String key, String upload, S3Exception cause) {
    try {
      abort(key, upload);
    } catch (SdkException e) {
      cause.addSuppressed(e);
    }
  }

  private void abort(String key, String upload) {
    client.abortMultipartUpload(
        request -> request.bucket(settings.bucket()).key(key).uploadId(upload));
  }
}
