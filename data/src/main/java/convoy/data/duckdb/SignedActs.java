package convoy.data.duckdb;

import convoy.data.error.ConvoyException;
import convoy.data.status.CampaignTrigger;
import convoy.data.trust.Consent;
import convoy.data.trust.SignedAct;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The signed acts on updates and campaigns. What they say is believed only after their signatures
 * were checked; the columns beside a document are for finding it.
 */
public final class SignedActs {
  private SignedActs() {}

  /** All acts, oldest first. */
  public static List<Consent.Kept> all(FleetStore store) {
    return store.read(
        db ->
            db.text("select seq, document from signed_act order by seq")
                .query((row, i) -> kept(row.getLong("seq"), row.getString("document")))
                .list());
  }

  /** The acts on a subject, oldest first. */
  public static List<Consent.Kept> of(FleetStore store, String subject) {
    return store.read(
        db ->
            db.text("select seq, document from signed_act where subject = :subject order by seq")
                .param("subject", subject)
                .query((row, i) -> kept(row.getLong("seq"), row.getString("document")))
                .list());
  }

  private static Consent.Kept kept(long seq, String document) {
    return new Consent.Kept("signed act " + seq, document);
  }

  /** Keeps that an engineer signed an update. */
  public static void registered(FleetStore store, SignedAct act, String document, Instant now) {
    store.transaction(
        db -> {
          insert(db, act, document, now);
          AuditLog.append(db, now, "UPDATE_SIGNED", act.subject(), null, act.digest());
        });
  }

  /**
   * Keeps an act on a campaign, and changes its state in the same transaction.
   *
   * @param trigger what it means for the campaign
   * @throws ConvoyException USAGE when the campaign is in no state for it, or is sent back after
   *     its end
   */
  public static void onCampaign(
      FleetStore store,
      String campaign,
      SignedAct act,
      String document,
      CampaignTrigger trigger,
      String reason,
      Instant now) {
    store.transaction(
        db -> {
          if (trigger == CampaignTrigger.SEND_BACK) {
            CampaignEnds.requireNotEnded(db, campaign);
          }
          insert(db, act, document, now);
          AuditLog.append(
              db,
              now,
              "SIGNED_" + act.kind(),
              campaign,
              null,
              act.digest() + (act.reason().isEmpty() ? "" : " " + act.reason()));
          Campaigns.change(db, campaign, trigger, db.actor(), reason, now);
        });
  }

  /**
   * Keeps that a person withdrew manifests, or had vehicles rolled back, in the transaction of it.
   *
   * @return the act's number
   */
  static long controlled(Db db, String campaign, SignedAct act, String document, Instant now) {
    insert(db, act, document, now);
    AuditLog.append(
        db,
        now,
        act.operator(),
        "SIGNED_" + act.kind(),
        campaign,
        null,
        act.digest() + " " + act.reason());
    return db.text("select max(seq) from signed_act").query(Long.class).single();
  }

  /** Whether exactly that document is kept already. */
  static boolean isKept(Db db, String document) {
    return db.text("select count(*) > 0 from signed_act where document = :document")
        .param("document", document)
        .query(Boolean.class)
        .single();
  }

  /** The act of that number. */
  public static Optional<Consent.Kept> find(FleetStore store, long seq) {
    return store.read(
        db ->
            db.text("select seq, document from signed_act where seq = :seq")
                .param("seq", seq)
                .query((row, i) -> kept(row.getLong("seq"), row.getString("document")))
                .optional());
  }

  private static void insert(Db db, SignedAct act, String document, Instant now) {
    db.text(
            "insert into signed_act select coalesce(max(seq), 0) + 1, :subject, :act, :operator,"
                + " :now, :document from signed_act")
        .param("subject", act.subject())
        .param("act", act.kind().name())
        .param("operator", act.operator())
        .param("now", Db.utc(now))
        .param("document", document)
        .update();
  }

  /**
   * Whether a rejection that the audit log tells of was taken out of the acts, as a sentence.
   *
   * @param campaign its id
   */
  public static Optional<String> missingRejection(FleetStore store, String campaign) {
    return store.read(
        db ->
            db.sql("define/missing_rejections")
                        .param("campaign", campaign)
                        .query(Long.class)
                        .single()
                    > 0
                ? Optional.of(
                    "a rejection of campaign %s was taken out of the store".formatted(campaign))
                : Optional.empty());
  }

  /** Writes into the audit log that a version of the trust root took effect. */
  public static void trustChanged(
      FleetStore store, long version, String sha256, String what, Instant now) {
    store.transaction(
        db ->
            AuditLog.append(
                db, now, "TRUST_CHANGED", "trust " + version, null, sha256 + " " + what));
  }

  /** The highest version of the trust root that the audit log tells of; 0 for none. */
  public static long highestTrustVersion(FleetStore store) {
    return store.read(db -> db.sql("define/highest_trust_version").query(Long.class).single());
  }
}
