package convoy.config;

/** By what an object store is asked to check what it receives. */
public enum ObjectChecksum {
  /** The store's own SHA-256, and MD5 where it has none. */
  SHA256,
  /** MD5 alone, for stores that refuse requests with other checksums. */
  MD5
}
