package convoy.data.duckdb;

import convoy.data.campaign.CampaignWindow;
import convoy.data.campaign.RegionZones;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;

/** What holds eligible vehicles back for the time being. */
final class Holds {
  private record Window(String campaign, CampaignWindow window) {}

  private Holds() {}

  /** Fills {@code held_vehicle} for the campaigns in {@code judged_campaign}. */
  static void find(Db db, RegionZones zones, Instant now) {
    closedRegions(db, zones, now);
    db.sql("match/held").update();
  }

  /** Fills {@code closed_region}: where the window of a campaign is not open now. */
  static void closedRegions(Db db, RegionZones zones, Instant now) {
    db.text("create or replace temp table closed_region (campaign varchar, region varchar)")
        .update();
    List<Window> windows =
        db.text(
                "select campaign, window_begins, window_ends from campaign"
                    + " where window_begins is not null and campaign in (from judged_campaign)")
            .query(
                (row, i) ->
                    new Window(
                        row.getString(1),
                        new CampaignWindow(
                            row.getObject(2, LocalDateTime.class),
                            row.getObject(3, LocalDateTime.class))))
            .list();
    if (windows.isEmpty()) {
      return;
    }
    List<String> regions =
        db.text("select distinct region from vehicle_kind").query(String.class).list();
    for (Window window : windows) {
      for (String region : regions) {
        if (!window.window().isOpen(now, zones.of(region))) {
          db.text("insert into closed_region values (:campaign, :region)")
              .param("campaign", window.campaign())
              .param("region", region)
              .update();
        }
      }
    }
  }
}
