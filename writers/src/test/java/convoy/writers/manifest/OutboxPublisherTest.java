package convoy.writers.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.manifest.KeyRole;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootMetadata;
import convoy.data.trust.Hashes;
import convoy.data.trust.RoleKeys;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxPublisherTest {
  private static final Instant EXPIRES = Instant.parse("2036-03-01T00:00:00Z");
  private static final byte[] IMAGE = "image".getBytes(UTF_8);

  @TempDir Path outbox;

  @Test
  void aRootIsPublishedOnceUnderItsNumber() throws Exception {
    OutboxPublisher publisher = new OutboxPublisher(outbox);
    byte[] root = root();
    Path file = outbox.resolve("director/1.root.json");

    assertThat(publisher.publishRoot(Repository.DIRECTOR, root).path()).isEqualTo(file);
    assertThat(publisher.publishRoot(Repository.DIRECTOR, root).changed()).isFalse();
    assertThatThrownBy(() -> publisher.publishRoot(Repository.DIRECTOR, root()))
        .hasMessage(
            file + ": another root is published under this number, expected a higher number");
    assertThat(file).hasBinaryContent(root);
    assertThatThrownBy(() -> publisher.publishRoot(Repository.DIRECTOR, IMAGE))
        .hasMessageStartingWith("root.json: not valid JSON at line 1, column ");
  }

  private static byte[] root() {
    Map<KeyRole, RoleKeys> roles = new EnumMap<>(KeyRole.class);
    SigningKey key = SigningKey.generate();
    for (KeyRole role : KeyRole.of(Repository.DIRECTOR)) {
      roles.put(role, RootMetadata.roleKeys(role, 1, List.of(key.publicKey())));
    }
    return SignedDocument.sign(RootMetadata.first(roles, EXPIRES).content(), List.of(key));
  }

  @Test
  void anImageIsPublishedUnderItsHashAndName() throws Exception {
    OutboxPublisher publisher = new OutboxPublisher(outbox);
    Path source = Files.write(outbox.resolve("bms.img"), IMAGE);
    String sha256 = Hashes.sha256(IMAGE);
    Path file = outbox.resolve("images/" + sha256 + ".bms-2.1.0.bin.cms");

    assertThat(publisher.publishImage(source, "bms-2.1.0.bin", sha256).path()).isEqualTo(file);
    assertThat(file).hasBinaryContent(IMAGE);
    assertThat(publisher.publishImage(source, "bms-2.1.0.bin", sha256).changed()).isFalse();
  }

  @Test
  void anImageThatIsNotTheOneNamedIsNotPublished() throws Exception {
    OutboxPublisher publisher = new OutboxPublisher(outbox);
    Path source = Files.write(outbox.resolve("bms.img"), IMAGE);
    String other = Hashes.sha256(new byte[0]);

    assertThatThrownBy(() -> publisher.publishImage(source, "bms.bin", other))
        .hasMessage(
            "image bms.bin: found SHA-256 "
                + Hashes.sha256(IMAGE)
                + " in the image store, expected "
                + other);
    assertThat(outbox.resolve("images")).isEmptyDirectory();
    assertThatThrownBy(() -> publisher.publishImage(source, "../bms.bin", other))
        .hasMessage(
            "image '../bms.bin' with SHA-256 '"
                + other
                + "': expected a name of letters, digits, '.', '_' and '-', and 64 lower-case hex"
                + " digits");
  }
}
