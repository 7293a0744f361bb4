package convoy.writers.delivery;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import convoy.data.io.FileDigest;
import convoy.data.io.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Another folder, such as a share. Files are written aside, synced and renamed. */
public final class FolderDestination implements Destination {
  private final Path folder;

  /**
   * @param outbox which must not lie in the folder, nor the folder in it
   * @throws ConvoyException CONFIGURATION when the folder is not there, as a share is that is not
   *     mounted, or it and the outbox are not apart
   */
  public FolderDestination(Path folder, Path outbox) throws IOException {
    require(folder, outbox);
    this.folder = folder;
  }

  /**
   * Checks that files can be put there.
   *
   * @throws ConvoyException CONFIGURATION as above
   */
  public static void require(Path folder, Path outbox) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new ConvoyException(
          ErrorCode.CONFIGURATION,
          "publish.folder %s: found no folder there, expected one; is its share mounted?"
              .formatted(folder));
    }
    Path real = folder.toRealPath();
    Path from = outbox.toRealPath();
    if (real.startsWith(from) || from.startsWith(real)) {
      throw new ConvoyException(
          ErrorCode.CONFIGURATION,
          "publish.folder %s: expected a folder apart from the outbox %s"
              .formatted(folder, outbox));
    }
  }

  @Override
  public Outcome put(OutgoingFile file) throws IOException {
    Path target = folder.resolve(file.path().text());
    if (Files.exists(target)) {
      if (Files.size(target) == file.bytes() && FileDigest.sha256(target).equals(file.sha256())) {
        return Outcome.WAS_THERE;
      }
      if (file.path().isFixed()) {
        throw new ConvoyException(
            ErrorCode.NOT_TRUSTED,
            "%s: found SHA-256 %s there, expected none or that of the outbox, %s"
                .formatted(target, FileDigest.sha256(target), file.sha256()));
      }
    }
    copy(file, target);
    return Outcome.COPIED;
  }

  private void copy(OutgoingFile file, Path target) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new ConvoyException(
          ErrorCode.JOB_FAILED,
          "publish.folder %s: it was there and is gone; is its share still mounted?"
              .formatted(folder));
    }
    WrittenFile written = AtomicFiles.copy(file.source(), target, file::requireSame);
    if (Files.size(target) != written.bytes()) {
      throw new ConvoyException(
          ErrorCode.JOB_FAILED,
          "%s: found %,d bytes after it was written, expected %,d"
              .formatted(target, Files.size(target), written.bytes()));
    }
  }

  @Override
  public void close() {}
}
