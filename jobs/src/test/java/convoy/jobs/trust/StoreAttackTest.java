package convoy.jobs.trust;

import static convoy.jobs.TestHome.BRAKES;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.trust.Hashes;
import convoy.jobs.TestHome;
import convoy.jobs.images.ImageStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was altered after the approval, in the store or in an image, stops the campaign, and that
 * one alone.
 */
class StoreAttackTest extends TamperedCampaign {
  StoreAttackTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void aCampaignsRowThatWasAltered() {
    jobs.sql()
        .change(
            "update campaign set excluded_vins = [] , regions = ['US'] where campaign = '"
                + BRAKES
                + "'");
    assertStopped("rows of table campaign were altered in the store");
  }

  @Test
  void aCampaignsDefinitionThatWasAltered() {
    jobs.sql()
        .change(
            "update campaign set definition = replace(definition, '\"priority\":90',"
                + " '\"priority\":99'), priority = 99 where campaign = '"
                + BRAKES
                + "'");
    assertStopped("the definition of campaign brake-hold-2026-11 was altered in the store");
  }

  @Test
  void aCampaignsDefinitionAndDigestThatWereAltered() {
    String approved = digest();
    jobs.sql()
        .change(
            "update campaign set definition = replace(definition, '\"priority\":90',"
                + " '\"priority\":99'), priority = 99, digest = sha256(replace(definition,"
                + " '\"priority\":90', '\"priority\":99')) where campaign = '"
                + BRAKES
                + "'");
    assertStopped(
        "signed act 3: campaign brake-hold-2026-11 was changed after alice signed it as SUBMITTED:"
            + " the signed content has SHA-256 "
            + approved
            + ", the content now has "
            + digest());
  }

  @Test
  void anAuthorThatWasAltered() {
    jobs.sql().change("update campaign set author = 'carol' where campaign = '" + BRAKES + "'");
    assertStopped("rows of table campaign were altered in the store");
  }

  @Test
  void aTargetsRowThatWasAltered() {
    jobs.sql()
        .change("update update_image set image_sha256 = repeat('0', 64) where module = 'ABS'");
    assertStopped("rows of table update_image were altered in the store");
  }

  @Test
  void aTargetThatWasAdded() {
    jobs.sql()
        .change(
            "insert into update_target select * replace ('BCM' as module) from update_target where"
                + " module = 'ABS'");
    assertStopped("rows of table update_target were altered in the store");
  }

  @Test
  void aRangeThatWasWidened() {
    jobs.sql()
        .change("update update_range set low_key = null where update_name = 'abs-brake-hold'");
    assertStopped("rows of table update_range were altered in the store");
  }

  @Test
  void anUpdatesDefinitionThatWasAltered() {
    jobs.sql()
        .change(
            "update update_definition set definition = replace(definition, '2.1.0', '2.1.1') where"
                + " name = 'abs-brake-hold'");
    assertStopped("the definition of update abs-brake-hold was altered in the store");
  }

  @Test
  void anUpdatesDefinitionAndDigestThatWereAltered() {
    jobs.sql()
        .change(
            "update update_definition set definition = replace(definition, '2.1.0', '2.1.1'),"
                + " digest = sha256(replace(definition, '2.1.0', '2.1.1')) where name ="
                + " 'abs-brake-hold'");
    assertStopped(
        "campaign brake-hold-2026-11 was registered with another content of update abs-brake-hold");
  }

  @Test
  void aWaveThatWasReleasedByHand() {
    jobs.sql()
        .change(
            "update wave set state = 'RELEASED' where campaign = '" + BRAKES + "' and wave = 2");
    assertStopped("wave 2 is RELEASED, but no gate has let wave 1 advance");
  }

  @Test
  void anImageThatWasAltered() throws IOException {
    Path image = image();
    String stored = encryptedHash();
    Files.writeString(image, "other software");
    assertStopped(
        "image abs-2.1.0.bin: found SHA-256 "
            + Hashes.sha256("other software".getBytes(StandardCharsets.UTF_8))
            + " in the image store, expected "
            + stored);
    assertThat(TestHome.files(home().outbox()))
        .noneMatch(file -> file.toString().contains("abs-2.1.0.bin"));
  }

  @Test
  void anImageThatIsMissing() throws IOException {
    Path image = image();
    Files.delete(image);
    assertStopped("image abs-2.1.0.bin: expected it in the image store as " + image.getFileName());
  }

  @Test
  void anImageThatWasNotWholeWhenItWasLastOpened() {
    jobs.sql().change("update image set verified_at = null where sha256 = '" + sha256() + "'");
    assertStopped(
        "image abs-2.1.0.bin: was not whole when it was last opened; './convoy images verify' says"
            + " why");
  }

  @Test
  void aHashOfAnEncryptedImageThatWasAltered() {
    String stored = encryptedHash();
    jobs.sql()
        .change(
            "update image set encrypted_sha256 = repeat('0', 64) where sha256 = '"
                + sha256()
                + "'");
    assertStopped(
        "image abs-2.1.0.bin: found SHA-256 "
            + stored
            + " in the image store, expected "
            + "0".repeat(64));
  }

  private String sha256() {
    return jobs.sql().rows("select image_sha256 from update_image where module = 'ABS'").get(0);
  }

  private String encryptedHash() {
    return jobs.sql()
        .rows("select encrypted_sha256 from image where sha256 = '" + sha256() + "'")
        .get(0);
  }

  private Path image() {
    return ImageStore.of(home()).file(sha256());
  }
}
