package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.SignedAct.Kind;
import convoy.data.trust.SignedAct.Verified;
import convoy.data.update.UpdateCategory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What people have signed of a campaign and its update, checked from the signed bytes: an engineer
 * registered the update, a manager submitted the campaign, and as many others approved it as its
 * category needs. The author and the one who submitted it are not among these.
 */
public final class Consent {
  private final Trust trust;
  private final Instant now;

  /**
   * @param trust the trust root as it is now
   */
  public Consent(Trust trust, Instant now) {
    this.trust = trust;
    this.now = now;
  }

  /**
   * A signed act as it is kept.
   *
   * @param where its name, for messages
   */
  public record Kept(String where, String document) {}

  /** What a campaign is about, as the store has it. */
  public record Content(String campaign, String digest, String author, UpdateCategory category) {
    String subject() {
      return SignedAct.ofCampaign(campaign);
    }
  }

  /**
   * Checks that an update was registered by an engineer's signature.
   *
   * @param acts those on the update
   * @throws ConvoyException NOT_TRUSTED when it was not, with a message of its own for each reason
   */
  public void requireRegistered(String name, String version, String digest, List<Kept> acts) {
    String subject = SignedAct.ofUpdate(name, version);
    Kept last =
        last(acts)
            .orElseThrow(
                () ->
                    untrusted(
                        subject
                            + " is not signed, expected an engineer's signature: ./convoy update sign"));
    Verified registered = verify(last);
    requireKind(registered, last.where(), Kind.REGISTERED);
    registered.act().requireOf(last.where(), subject, digest);
  }

  /**
   * The submission that waits for answers, or was answered.
   *
   * @param acts those on the campaign, oldest first
   * @throws ConvoyException NOT_TRUSTED when there is none that holds
   */
  public Verified submission(Content content, List<Kept> acts) {
    Kept last =
        acts.stream()
            .filter(kept -> unproved(kept).kind() == Kind.SUBMITTED)
            .reduce((a, b) -> b)
            .orElseThrow(
                () -> untrusted(content.subject() + " is not submitted by anyone's signature"));
    Verified submitted = verify(last);
    submitted.act().requireOf(last.where(), content.subject(), content.digest());
    return submitted;
  }

  /**
   * Who has approved the last submission.
   *
   * @return their names, sorted
   * @throws ConvoyException NOT_TRUSTED when an act does not hold, someone who may not has
   *     approved, or someone has rejected it
   */
  public Set<String> approvers(Content content, List<Kept> acts) {
    Verified submitted = submission(content, acts);
    Set<String> approvers = new TreeSet<>();
    for (Kept kept : acts) {
      if (!submitted.id().equals(unproved(kept).answers())) {
        continue;
      }
      Verified answer = verify(kept);
      answer.act().requireOf(kept.where(), content.subject(), content.digest());
      if (answer.act().kind() == Kind.REJECTED) {
        throw untrusted(
            "%s: %s rejected it: %s"
                .formatted(kept.where(), answer.act().operator(), answer.act().reason()));
      }
      requireKind(answer, kept.where(), Kind.APPROVED);
      requireOther(answer.act().operator(), content.author(), submitted, kept.where());
      approvers.add(answer.act().operator());
    }
    return approvers;
  }

  /**
   * Checks that enough people have approved the campaign.
   *
   * @throws ConvoyException NOT_TRUSTED when they have not
   */
  public void requireApproved(Content content, List<Kept> acts) {
    Set<String> approvers = approvers(content, acts);
    int needed = trust.approvalsFor(content.category());
    if (approvers.size() < needed) {
      throw untrusted(
          "%s is approved by %d people %s, expected %d for an update of category %s"
              .formatted(
                  content.subject(), approvers.size(), approvers, needed, content.category()));
    }
  }

  /**
   * Checks that someone may approve: neither the author, who must be known, nor the one who
   * submitted it. That no two operators share a key is seen to by the trust root.
   *
   * @throws ConvoyException NOT_TRUSTED when not
   */
  public void requireOther(String approver, String author, Verified submitted, String where) {
    requireKnownAuthor(author);
    if (approver.equals(author)) {
      throw untrusted(
          where + ": '" + approver + "' is author and approver, expected two different people");
    }
    if (approver.equals(submitted.act().operator())) {
      throw untrusted(
          where
              + ": '"
              + approver
              + "' submitted the campaign and approves it, expected two different people");
    }
  }

  /**
   * Checks that the author is an operator: under a name that nobody has, everyone could approve
   * their own work.
   *
   * @throws ConvoyException NOT_TRUSTED when not
   */
  public void requireKnownAuthor(String author) {
    if (trust.operator(author).isEmpty()) {
      throw untrusted(
          "author '%s' is not a known operator, expected one of %s"
              .formatted(author, trust.sorted().keySet()));
    }
  }

  private Verified verify(Kept kept) {
    return SignedAct.verify(kept.document(), kept.where(), trust, now);
  }

  private static SignedAct unproved(Kept kept) {
    return SignedAct.unproved(kept.document(), kept.where());
  }

  private static void requireKind(Verified found, String where, Kind expected) {
    if (found.act().kind() != expected) {
      throw untrusted("%s: found %s, expected %s".formatted(where, found.act().kind(), expected));
    }
  }

  private static Optional<Kept> last(List<Kept> acts) {
    return acts.isEmpty() ? Optional.empty() : Optional.of(acts.get(acts.size() - 1));
  }

  /**
   * The ids of those acts of an operator that hold as of when they were made: what administrators
   * keep when they change what the operator may do.
   *
   * @param without a key whose acts are left out, because someone else may have it
   */
  public static Set<String> standing(
      Trust trust, String operator, List<Kept> acts, Optional<PublicKey> without) {
    Set<String> ids = new TreeSet<>();
    for (Verified act : verified(trust, acts)) {
      boolean isLeftOut = without.isPresent() && without.get().keyid().equals(act.keyid());
      if (act.act().operator().equals(operator) && !isLeftOut) {
        ids.add(act.id());
      }
    }
    return ids;
  }

  private static List<Verified> verified(Trust trust, List<Kept> acts) {
    List<Verified> all = new ArrayList<>();
    for (Kept kept : acts) {
      try {
        all.add(SignedAct.verifyAsOfThen(kept.document(), kept.where(), trust));
      } catch (ConvoyException e) {
        // It does not hold as it is, and so is not among those that go on holding.
        if (e.code() != ErrorCode.NOT_TRUSTED) {
          throw e;
        }
      }
    }
    return all;
  }

  private static ConvoyException untrusted(String message) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message);
  }
}
