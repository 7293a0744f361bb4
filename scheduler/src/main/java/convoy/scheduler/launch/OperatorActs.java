package convoy.scheduler.launch;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.SignedActs;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Consent;
import convoy.data.trust.PublicKey;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.Trust;
import convoy.data.trust.TrustChain;
import convoy.data.trust.TrustDocument;
import convoy.data.trust.TrustText;
import convoy.jobs.trust.Actor;
import convoy.jobs.trust.TrustRoot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How administrators change the trust root. */
public final class OperatorActs {
  private final FleetStore store;
  private final TrustRoot root;
  private final Instant now;

  public OperatorActs(FleetStore store, TrustRoot root, Instant now) {
    this.store = store;
    this.root = root;
    this.now = now;
  }

  /** The trust root as it is now. */
  public Trust trust() {
    return root.load(store, now).trust();
  }

  /** The ids of an operator's acts that hold, and so are kept when the operator changes. */
  public Set<String> standing(String operator) {
    return Consent.standing(trust(), operator, SignedActs.all(store), Optional.empty());
  }

  /** The same without those of a key that someone else may have. */
  public Set<String> standingWithout(String operator, PublicKey key) {
    return Consent.standing(trust(), operator, SignedActs.all(store), Optional.of(key));
  }

  /**
   * Checks that no version waits for signatures, before a key is made for another.
   *
   * @throws ConvoyException USAGE when one waits
   */
  public void requireNoneWaiting() {
    Trust present = trust();
    if (root.waiting(present).isPresent()) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "%s waits for signatures: ./convoy operator sign adds one, deleting the file drops it"
              .formatted(root.waitingFile(present)));
    }
  }

  /**
   * Signs a next version.
   *
   * @return what was changed, and whether it took effect or for what it waits, as lines for a
   *     person
   * @throws ConvoyException USAGE when another one waits for signatures
   */
  public List<String> propose(Actor administrator, Trust next) {
    requireNoneWaiting();
    return keep(
        trust(),
        next,
        SignedDocument.sign(TrustDocument.content(next), List.of(administrator.key())));
  }

  /**
   * Adds a signature to the version that waits.
   *
   * @throws ConvoyException USAGE when none waits; NOT_TRUSTED when it cannot follow the present
   *     one
   */
  public List<String> sign(Actor administrator) {
    Trust present = trust();
    SignedDocument document =
        root.waiting(present)
            .orElseThrow(
                () ->
                    new ConvoyException(
                        ErrorCode.USAGE,
                        "found no version of the trust root that waits for signatures"));
    Trust next = TrustChain.next(present, document);
    return keep(present, next, document.alsoSignedBy(administrator.key()));
  }

  private List<String> keep(Trust present, Trust next, byte[] document) {
    List<String> changes = TrustText.changes(present, next);
    List<String> lines = new ArrayList<>(changes);
    Optional<TrustChain> chain = root.keep(present, document, now);
    if (chain.isPresent()) {
      SignedActs.trustChanged(
          store, next.version(), chain.get().sha256(), String.join("; ", changes), now);
      lines.add("version %d of the trust root is in effect".formatted(next.version()));
    } else {
      lines.add(
          "version %d of the trust root waits for more signatures of administrators (%d of version %d, %d of its own): ./convoy operator sign --by ADMINISTRATOR"
              .formatted(
                  next.version(),
                  present.administrators(),
                  present.version(),
                  next.administrators()));
    }
    return lines;
  }
}
