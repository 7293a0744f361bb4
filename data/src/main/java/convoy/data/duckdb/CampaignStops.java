package convoy.data.duckdb;

import convoy.data.status.CampaignState;
import convoy.data.status.CampaignTrigger;
import convoy.data.status.GateEvidence;
import convoy.data.status.WaveState;
import convoy.data.status.WaveTrigger;
import java.time.Instant;
import java.util.List;

/** Pausing, aborting, starting and resuming campaigns, by whomever it is done. */
public final class CampaignStops {
  private CampaignStops() {}

  /**
   * How many vehicles with a failure a person accepted in a wave.
   *
   * @param part of the wave, as the gate's decision names it
   */
  public record Accepted(int wave, String part, long failures) {
    /** Such as "2 failed or silent vehicles", and in which part. */
    String sentence() {
      return "%d failed or silent vehicles%s"
          .formatted(failures, part.equals(GateEvidence.WAVE) ? "" : " of " + part);
    }
  }

  /**
   * Pauses a campaign that cannot be trusted.
   *
   * @return how many prepared manifests were dropped
   */
  public static int pause(FleetStore store, String campaign, String reason, Instant now) {
    int[] dropped = new int[1];
    store.transaction(
        db -> dropped[0] = stop(db, campaign, CampaignTrigger.PAUSE, db.actor(), reason, now));
    return dropped[0];
  }

  /**
   * Stops a campaign: its released waves are halted, and manifests that were prepared and not
   * issued are dropped, so that they hold their vehicles no longer. Aborted, it ends what was not
   * issued.
   *
   * @param trigger PAUSE, WITHDRAW or ABORT
   * @return how many prepared manifests were dropped
   */
  static int stop(
      Db db, String campaign, CampaignTrigger trigger, String who, String reason, Instant now) {
    Campaigns.change(db, campaign, trigger, who, reason, now);
    WaveMoves.moveAll(db, campaign, WaveState.RELEASED, WaveTrigger.HALT, now);
    int dropped = dropPrepared(db, campaign, who, now);
    if (trigger == CampaignTrigger.ABORT) {
      db.sql("rollback/fold_again").param("campaign", campaign).update();
      db.sql("reconcile/end_aborted")
          .param("campaign", campaign)
          .param("now", Db.utc(now))
          .update();
    } else {
      db.sql("control/stop_waiting").param("campaign", campaign).param("now", Db.utc(now)).update();
    }
    return dropped;
  }

  /** Drops what was prepared and not issued; its numbers are kept. */
  static int dropPrepared(Db db, String campaign, String who, Instant now) {
    db.sql("control/to_drop").param("campaign", campaign).update();
    return drop(db, campaign, who, now);
  }

  /** Drops the manifests of the campaign that stand in {@code to_drop}; their numbers are kept. */
  static int drop(Db db, String campaign, String who, Instant now) {
    db.sql("control/keep_dropped").param("campaign", campaign).param("now", Db.utc(now)).update();
    db.sql("control/drop_targets").update();
    db.sql("control/drop_carried").update();
    int dropped = db.sql("control/drop_prepared").update();
    db.text("drop table to_drop").update();
    if (dropped > 0) {
      AuditLog.append(
          db,
          now,
          who,
          "MANIFESTS_DROPPED",
          campaign,
          null,
          "%d that were prepared and not issued".formatted(dropped));
    }
    return dropped;
  }

  /**
   * Resumes a paused campaign: its halted waves are released again.
   *
   * @param overrides the failures that the person accepts, of waves whose gate calls for PAUSE
   * @return the state that it is in now
   */
  static CampaignState resume(
      Db db, String campaign, String who, String reason, List<Accepted> overrides, Instant now) {
    CampaignEnds.requireNotEnded(db, campaign);
    boolean isPlanned =
        db.text("select count(*) > 0 from wave where campaign = :campaign")
            .param("campaign", campaign)
            .query(Boolean.class)
            .single();
    Campaigns.change(
        db,
        campaign,
        isPlanned ? CampaignTrigger.RESUME : CampaignTrigger.RESUME_UNPLANNED,
        who,
        reason,
        now);
    WaveMoves.moveAll(db, campaign, WaveState.HALTED, WaveTrigger.RESUME, now);
    for (Accepted accepted : overrides) {
      db.text("insert into gate_override values (:campaign, :wave, :part, :failures, :now, :who)")
          .param("campaign", campaign)
          .param("wave", accepted.wave())
          .param("part", accepted.part())
          .param("failures", accepted.failures())
          .param("now", Db.utc(now))
          .param("who", who)
          .update();
      AuditLog.append(
          db,
          now,
          who,
          "GATE_OVERRIDDEN",
          campaign,
          null,
          "wave %d: %s are accepted".formatted(accepted.wave(), accepted.sentence()));
    }
    return isPlanned ? CampaignState.RUNNING : CampaignState.APPROVED;
  }

  /** Whether the campaign's definition says that it waits for a person to start it. */
  public static boolean isManual(FleetStore store, String campaign) {
    return store.read(db -> isManual(db, campaign));
  }

  static boolean isManual(Db db, String campaign) {
    return db.text("select is_manual(definition) from campaign where campaign = :campaign")
        .param("campaign", campaign)
        .query(Boolean.class)
        .single();
  }

  /** Whether a person has started the campaign. */
  public static boolean isStarted(FleetStore store, String campaign) {
    return store.read(db -> isStarted(db, campaign));
  }

  static boolean isStarted(Db db, String campaign) {
    return db.text("select is_started(:campaign)")
        .param("campaign", campaign)
        .query(Boolean.class)
        .single();
  }
}
