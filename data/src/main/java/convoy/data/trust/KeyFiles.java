package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Key files in PEM. Private ones are for their owner alone. */
public final class KeyFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private KeyFiles() {}

  /**
   * Writes a private key, given as PKCS#8, with 0600 in a folder that is made with 0700.
   *
   * @throws ConvoyException NOT_TRUSTED when the file is there: a key is never overwritten
   */
  public static void storePkcs8(Path file, byte[] pkcs8) throws IOException {
    storePrivate(file, Pem.armour(Pem.PRIVATE_KEY, pkcs8));
  }

  /**
   * Writes a file with a private key in it, in the same way.
   *
   * @throws ConvoyException NOT_TRUSTED when the file is there: a key is never overwritten
   */
  static void storePrivate(Path file, byte[] content) throws IOException {
    try {
      AtomicFiles.writePrivate(file, content);
    } catch (FileAlreadyExistsException e) {
      throw untrusted(file + ": there is a key already, expected no file: move it away first", e);
    }
  }

  /**
   * A block of PEM.
   *
   * @param type such as CERTIFICATE
   */
  public static byte[] pem(String type, byte[] der) {
    return Pem.armour(type, der);
  }

  /** Writes or replaces a certificate, given as DER. */
  public static void storeCertificate(Path file, byte[] der) throws IOException {
    AtomicFiles.write(file, Pem.armour("CERTIFICATE", der));
  }

  /** Writes or replaces a public key. */
  public static void storePublic(Path file, PublicKey key) throws IOException {
    AtomicFiles.write(file, Pem.encode(key));
  }

  /**
   * Reads a private key as PKCS#8.
   *
   * @throws ConvoyException NOT_TRUSTED when it is missing, is no PKCS#8, or others than its owner
   *     have any access to the file (not checked where the file system has no POSIX permissions)
   */
  public static byte[] loadPkcs8(Path file) throws IOException {
    String pem = new String(readOwnersAlone(file, "a private key"), StandardCharsets.ISO_8859_1);
    return Pem.content(pem, Pem.PRIVATE_KEY, file.toString());
  }

  /**
   * Reads a file that nobody but its owner has any access to.
   *
   * @param what it is, such as "a private key"
   * @throws ConvoyException NOT_TRUSTED when it is missing or others have access
   */
  public static byte[] readOwnersAlone(Path file, String what) throws IOException {
    try {
      if (AtomicFiles.hasPosixPermissions(file)) {
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(found)) {
          throw untrusted(
              file
                  + ": permissions are "
                  + PosixFilePermissions.toString(found)
                  + ", expected rw------- (chmod 600): "
                  + what
                  + " is for its owner alone",
              null);
        }
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw untrusted(file + ": no such file, expected " + what, e);
    }
  }

  /**
   * Reads a public key.
   *
   * @throws ConvoyException NOT_TRUSTED when it is missing, or neither an Ed25519 nor a P-256 key
   */
  public static PublicKey loadPublic(Path file) throws IOException {
    try {
      return PublicKey.fromPem(
          Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
    } catch (NoSuchFileException e) {
      throw untrusted(file + ": no such file, expected a public key", e);
    }
  }

  private static ConvoyException untrusted(String message, @Nullable Throwable cause) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message, cause);
  }
}
