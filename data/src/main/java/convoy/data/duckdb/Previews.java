package convoy.data.duckdb;

import convoy.data.eligibility.MatchRules;
import convoy.data.preview.CampaignPreview;
import convoy.data.preview.PreviewChange;
import convoy.data.preview.PreviewSubject;
import java.time.Instant;

/** What campaigns would do. Save for {@link #keep}, nothing here changes the store. */
public final class Previews {
  private Previews() {}

  /** What the campaign would do if it were approved and planned now. */
  public static CampaignPreview of(
      FleetStore store, PreviewSubject subject, MatchRules rules, Instant now) {
    VersionKeys keys = new VersionKeys(store, rules.modules());
    Audiences.prepare(store);
    return store.read(db -> new Preview(store, db, keys, rules, now).of(subject));
  }

  /** What becomes otherwise when the second is planned in place of the first. */
  public static PreviewChange change(
      FleetStore store,
      PreviewSubject first,
      PreviewSubject second,
      MatchRules rules,
      Instant now) {
    VersionKeys keys = new VersionKeys(store, rules.modules());
    Audiences.prepare(store);
    return store.read(
        db -> {
          Preview preview = new Preview(store, db, keys, rules, now);
          CampaignPreview before = preview.of(first);
          db.text("create temp table outcome_before as from outcome").update();
          return change(db, before, preview.of(second));
        });
  }

  /**
   * Previews the campaign and keeps what becomes of each vehicle in the store, which is a copy that
   * is thrown away; {@link #changeSinceKept} compares with it.
   */
  public static CampaignPreview keep(
      FleetStore copy, PreviewSubject subject, MatchRules rules, Instant now) {
    VersionKeys keys = new VersionKeys(copy, rules.modules());
    Audiences.prepare(copy);
    return copy.read(
        db -> {
          CampaignPreview before = new Preview(copy, db, keys, rules, now).of(subject);
          db.text("create table outcome_before as from outcome").update();
          return before;
        });
  }

  /** What has become otherwise since a preview was kept in this copy of the store. */
  public static PreviewChange changeSinceKept(
      FleetStore copy,
      CampaignPreview before,
      PreviewSubject subject,
      MatchRules rules,
      Instant now) {
    VersionKeys keys = new VersionKeys(copy, rules.modules());
    Audiences.prepare(copy);
    return copy.read(db -> change(db, before, new Preview(copy, db, keys, rules, now).of(subject)));
  }

  private static PreviewChange change(Db db, CampaignPreview before, CampaignPreview after) {
    db.sql("preview/change").update();
    return new PreviewChange(
        before,
        after,
        changed(db, PreviewChange.Direction.JOIN),
        changed(db, PreviewChange.Direction.LEAVE),
        db.text(Judgement.named("preview/change_causes"))
            .query((row, i) -> PreviewRows.changeCause(row))
            .list(),
        db.sql("preview/change_moves").query((row, i) -> PreviewRows.move(row)).list());
  }

  private static long changed(Db db, PreviewChange.Direction direction) {
    return db.text("select count(*) from change where direction = :direction")
        .param("direction", direction.name())
        .query(Long.class)
        .single();
  }
}
