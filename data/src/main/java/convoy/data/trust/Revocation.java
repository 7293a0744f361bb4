package convoy.data.trust;

import java.time.Instant;

/**
 * The end of a key before its time.
 *
 * @param at since when
 * @param reason for a person
 */
public record Revocation(Kind kind, Instant at, String reason) {
  /** Why a key ended. */
  public enum Kind {
    /** A new key took its place. */
    REPLACED,
    /** Its owner does this work no longer. */
    ENDED,
    /** Someone else may have it: nothing that it signed counts. */
    COMPROMISED
  }
}
