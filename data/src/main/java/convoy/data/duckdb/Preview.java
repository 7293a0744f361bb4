package convoy.data.duckdb;

import convoy.data.campaign.OwnerTerms;
import convoy.data.campaign.PlanRules;
import convoy.data.campaign.PlannedEnd;
import convoy.data.campaign.Rate;
import convoy.data.campaign.RollbackRule;
import convoy.data.campaign.WavePlan;
import convoy.data.campaign.WaveRule;
import convoy.data.eligibility.MatchRules;
import convoy.data.preview.CampaignPreview;
import convoy.data.preview.PreviewSubject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Matches and plans a campaign on one connection as the jobs would: by the same statements, on
 * temporary tables that have the names of the store's and hide them. What the jobs write goes into
 * these and is gone with the connection; a table that was forgotten here cannot be written where
 * the store is opened to read.
 */
final class Preview {
  /** What is known of vehicles and kept from one matching to the next. */
  private static final List<String> COPIED =
      List.of("profile_module", "ecu_kind", "vehicle_kind", "vehicle_profile", "touched_vehicle");

  /** What a matching decides. */
  private static final List<String> DECIDED =
      List.of(
          "eligible",
          "undecided",
          "fault_count",
          "ecu_fault",
          "vehicle_fault",
          "matching",
          "eligibility_count");

  private final FleetStore store;
  private final Db db;
  private final VersionKeys keys;
  private final MatchRules rules;
  private final Instant now;
  private boolean hasProfiles;

  Preview(FleetStore store, Db db, VersionKeys keys, MatchRules rules, Instant now) {
    this.store = store;
    this.db = db;
    this.keys = keys;
    this.rules = rules;
    this.now = now;
  }

  /** Leaves what becomes of each vehicle in {@code outcome}. */
  CampaignPreview of(PreviewSubject subject) {
    String campaign = subject.campaign();
    List<String> others = shadowCampaigns(subject);
    shadow();
    List<String> matched = new ArrayList<>(others);
    matched.add(campaign);
    new Matching(db, keys, rules, matched, now).run();
    for (String other : others) {
      planOther(other);
    }
    PlanRules plan = PlanRules.of(subject.definition());
    List<Long> sizes = WavePlan.sizes(plan.waves(), Planning.eligible(db, campaign));
    plan(campaign, plan.waves(), sizes);
    Planning.settleCompetition(db, now);
    Judgement judgement = Judgement.of(db, keys, List.of(campaign));
    judgement.keep();
    judgement
        .judged(Sql.load("preview/outcome"), List.of(campaign), Db.utc(rules.staleBefore(now)))
        .param("campaign", campaign)
        .update();
    weigh(campaign);
    return result(subject, Rate.days(plan.rate(), sizes), end(subject));
  }

  /**
   * Puts the campaign among the others as if it were approved now.
   *
   * @return the open ones beside it whose waves are not planned yet
   */
  private List<String> shadowCampaigns(PreviewSubject subject) {
    String campaign = subject.campaign();
    db.text("create or replace temp table campaign as from " + db.stored("campaign")).update();
    Instant registered =
        db.text("select created_at from campaign where campaign = :campaign")
            .param("campaign", campaign)
            .query((row, i) -> Objects.requireNonNull(Db.instant(row, "created_at")))
            .optional()
            .orElse(now);
    db.text("delete from campaign where campaign = :campaign").param("campaign", campaign).update();
    Definitions.insertCampaign(db, subject.definition(), registered);
    shadow("campaign_vin", "");
    subject
        .lists()
        .keySet()
        .forEach(
            kind ->
                db.text("delete from campaign_vin where campaign = :campaign and kind = :kind")
                    .param("campaign", campaign)
                    .param("kind", kind.name())
                    .update());
    Audiences.keep(store, db, campaign, subject.lists());
    setState(campaign, "APPROVED");
    return db.sql("preview/unplanned").param("campaign", campaign).query(String.class).list();
  }

  private void setState(String campaign, String state) {
    db.text("update campaign set state = :state where campaign = :campaign")
        .param("campaign", campaign)
        .param("state", state)
        .update();
  }

  private void shadow() {
    if (hasProfiles) {
      // Views of a first matching cannot be replaced by the tables of a second.
      db.text("select view_name from duckdb_views() where temporary and view_name like 'subject%'")
          .query(String.class)
          .list()
          .forEach(view -> db.text("drop view " + view).update());
    } else {
      COPIED.forEach(table -> shadow(table, ""));
      hasProfiles = true;
    }
    db.hide(DECIDED);
    String others =
        "where campaign in (select campaign from campaign where state in ('RUNNING', 'PAUSED'))";
    shadow("wave", others);
    shadow(
        "assignment",
        others
            + " and state in ('PLANNED', 'WAITING', 'RETRY_DUE', 'ISSUED', 'IN_PROGRESS', 'SILENT',"
            + " 'ROLLBACK_DUE', 'ROLLBACK_ISSUED')");
  }

  private void shadow(String table, String which) {
    db.text(
            "create or replace temp table %s as from %s %s"
                .formatted(table, db.stored(table), which))
        .update();
  }

  /** Another approved campaign is planned in the same night. */
  private void planOther(String campaign) {
    String definition =
        db.text("select definition from campaign where campaign = :campaign and state = 'APPROVED'")
            .param("campaign", campaign)
            .query(String.class)
            .optional()
            .orElse("");
    long eligible = Planning.eligible(db, campaign);
    if (!definition.isEmpty() && eligible > 0) {
      List<WaveRule> waves = PlanRules.of(definition).waves();
      plan(campaign, waves, WavePlan.sizes(waves, eligible));
    }
  }

  private void plan(String campaign, List<WaveRule> waves, List<Long> sizes) {
    Planning.plan(db, campaign, waves.stream().map(WaveRule::name).toList(), sizes, now);
    setState(campaign, "RUNNING");
  }

  private void weigh(String campaign) {
    // The rule for the way back, as it is where an update asks for it.
    db.text("update item set way_back_required = true").update();
    db.text(Judgement.named("match/ecu_faults")).update();
    db.text(Judgement.named("preview/weights")).param("campaign", campaign).update();
  }

  private CampaignPreview.@Nullable End end(PreviewSubject subject) {
    PlannedEnd end = PlannedEnd.of(subject.definition()).orElse(null);
    if (end == null) {
      return null;
    }
    // Where the window begins earlier in some region than here, a day more is possible there.
    Instant first =
        db.text("select window_begins from campaign where campaign = :campaign")
            .param("campaign", subject.campaign())
            .query((row, i) -> Optional.ofNullable(row.getObject(1, LocalDateTime.class)))
            .single()
            .map(begins -> begins.atZone(end.zone()).toInstant())
            .filter(now::isBefore)
            .orElse(now);
    return new CampaignPreview.End(end.when(), end.then().name(), end.daysFrom(first));
  }

  private CampaignPreview result(
      PreviewSubject subject, long days, CampaignPreview.@Nullable End end) {
    String campaign = subject.campaign();
    Eligibility.Counts counts = Eligibility.counts(db, campaign);
    return new CampaignPreview(
        campaign,
        Definitions.digest(subject.definition()),
        Planning.digest(db, campaign),
        OwnerTerms.of(subject.definition()),
        RollbackRule.of(subject.definition()),
        counts.fleet(),
        counts.eligible(),
        counts.ineligible(),
        counts.unknown(),
        asked("preview/waves", campaign).query((row, i) -> PreviewRows.wave(row)).list(),
        asked("preview/parts", campaign).query((row, i) -> PreviewRows.part(row)).list(),
        PreviewRows.causes(
            counts,
            db.text(Judgement.named("preview/samples"))
                .param("campaign", campaign)
                .query((row, i) -> PreviewRows.samples(row))
                .list()),
        asked("preview/conflicts", campaign).query((row, i) -> PreviewRows.conflict(row)).list(),
        days,
        end);
  }

  private SqlStatement asked(String statement, String campaign) {
    return db.sql(statement).param("campaign", campaign);
  }
}
