package convoy.data.delivery;

/**
 * What a file of the outbox is, by its name alone, in the order in which files are published: a
 * file never comes before one that it names. Within metadata this is the order of the TUF
 * specification 1.0.34, section 6.2, with the timestamp last; shards, which hold a Director's
 * targets, snapshot and timestamp, come after the image repository that vehicles compare them with
 * (Uptane Standard 2.1, section 5.4.4.2).
 */
public enum FileRole {
  /** Images, and whatever names no other file. */
  CONTENT,
  ROOT,
  /** Targets, also of delegated roles. */
  TARGETS,
  SNAPSHOT,
  /** Where a reader starts: {@code timestamp.json}, and any other JSON without a version. */
  TIMESTAMP,
  SHARD
}
