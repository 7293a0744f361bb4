package convoy.data.delivery;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What stands complete in the outbox. */
public final class OutboxFolder {
  private OutboxFolder() {}

  /**
   * All files below the outbox, in the order in which they are published. Names that start with a
   * dot are still being written, or nobody else's business.
   *
   * @throws ConvoyException JOB_FAILED when something there is neither file nor folder, such as a
   *     link: what it leads to was not put into the outbox
   */
  public static List<OutboxFile> files(Path outbox) throws IOException {
    List<OutboxFile> files = new ArrayList<>();
    // The outbox itself may be a link to where there is room.
    Path root = outbox.toRealPath();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(root) && isHidden(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isHidden(file)) {
              files.add(file(root, file, attributes));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort((a, b) -> a.path().compareTo(b.path()));
    return Collections.unmodifiableList(files);
  }

  private static OutboxFile file(Path root, Path file, BasicFileAttributes attributes) {
    if (!attributes.isRegularFile()) {
      throw new ConvoyException(
          ErrorCode.JOB_FAILED,
          file + ": found a link or a device, expected files and folders alone in the outbox");
    }
    return new OutboxFile(
        new OutboxPath(root.relativize(file).toString().replace('\\', '/')),
        attributes.size(),
        attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MICROS));
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }
}
