package convoy.config;

/** What kind of place the outbox is published to. */
public enum PublishTarget {
  /** The outbox itself is fetched from; nothing is published. */
  NOWHERE,
  /** Another folder: a mount, a share. */
  FOLDER,
  /** A bucket of an object store that speaks Amazon's S3. */
  S3
}
