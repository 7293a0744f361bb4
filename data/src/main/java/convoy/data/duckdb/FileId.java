package convoy.data.duckdb;

/**
 * By what facts name the file that they came from: the first 60 bits of its SHA-256. A number costs
 * far less than the hash in tables of millions of rows, and orders files the same way in any order
 * of their arrival. The ledger refuses a second file of the same number.
 */
public final class FileId {
  private static final int DIGITS = 15;

  private FileId() {}

  /**
   * @param sha256 hex, 64 digits
   */
  public static long of(String sha256) {
    return Long.parseLong(sha256, 0, DIGITS, 16);
  }
}
