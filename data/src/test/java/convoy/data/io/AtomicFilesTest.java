package convoy.data.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  // printf 'hello' | sha256sum
  private static final String SHA256_OF_HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  @TempDir Path folder;

  @Test
  void aFileIsWrittenWithItsFoldersAndNothingElse() throws Exception {
    Path file = folder.resolve("a/b/c.json");
    assertThat(AtomicFiles.write(file, "hello".getBytes(UTF_8)))
        .isEqualTo(new WrittenFile(file, 5, SHA256_OF_HELLO, true));
    assertThat(file).hasContent("hello");
    assertThat(namesIn(folder.resolve("a/b"))).containsExactly("c.json");
  }

  @Test
  void theSameBytesAreLeftAndOthersReplace() throws Exception {
    Path file = folder.resolve("c.json");
    AtomicFiles.write(file, "hello".getBytes(UTF_8));
    FileTime past = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, past);

    assertThat(AtomicFiles.write(file, "hello".getBytes(UTF_8)))
        .isEqualTo(new WrittenFile(file, 5, SHA256_OF_HELLO, false));
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(past);
    assertThat(AtomicFiles.write(file, "other".getBytes(UTF_8)).changed()).isTrue();
    assertThat(file).hasContent("other");
    assertThat(namesIn(folder)).containsExactly("c.json");
  }

  @Test
  void aCopyThatIsNotWhatItShouldBeGetsNoName() throws Exception {
    Path source = Files.writeString(folder.resolve("source"), "hello");
    Path file = folder.resolve("copies/c.json");
    assertThat(
            AtomicFiles.copy(source, file, found -> assertThat(found).isEqualTo(SHA256_OF_HELLO)))
        .isEqualTo(new WrittenFile(file, 5, SHA256_OF_HELLO, true));

    Files.writeString(source, "other");
    assertThatThrownBy(
            () ->
                AtomicFiles.copy(
                    source,
                    file,
                    found -> {
                      throw new IllegalStateException(found);
                    }))
        .hasMessage(FileDigest.sha256(source));
    assertThat(file).hasContent("hello");
    assertThat(namesIn(folder.resolve("copies"))).containsExactly("c.json");
  }

  @Test
  void aFailureInTheMiddleLeavesTheEarlierFileAlone() throws Exception {
    Path file = folder.resolve("c.json");
    AtomicFiles.write(file, "hello".getBytes(UTF_8));

    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      out.write(new byte[200_000]);
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
    assertThat(file).hasContent("hello");
    assertThat(namesIn(folder)).containsExactly("c.json");
  }

  @Test
  void whatAKilledWriterLeftIsOverwritten() throws Exception {
    Files.writeString(folder.resolve(".c.json.part"), "a longer half of a file");
    AtomicFiles.write(folder.resolve("c.json"), "hello".getBytes(UTF_8));
    assertThat(folder.resolve("c.json")).hasContent("hello");
    assertThat(namesIn(folder)).containsExactly("c.json");
  }

  @Test
  void aPrivateFileIsPrivateEvenWhereAnOpenHalfWasLeft() throws Exception {
    Path aside = Files.writeString(folder.resolve(".key.pem.part"), "left");
    Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rw-rw-rw-"));
    Path file = folder.resolve("key.pem");
    AtomicFiles.writePrivate(file, "secret".getBytes(UTF_8));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> AtomicFiles.writePrivate(file, "other".getBytes(UTF_8)))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage(file.toString());
    assertThat(file).hasContent("secret");
  }

  private static Stream<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
