package convoy.data.duckdb;

import convoy.data.campaign.AudienceSize;
import convoy.data.campaign.AudienceSize.ListSize;
import convoy.data.campaign.VinList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The audiences of campaigns against the fleet as it is, before anything is matched. */
public final class Audiences {
  /** A VIN of a campaign's list. */
  private record Listed(VinList.Kind kind, String vin) {}

  private static final BulkTable.Definition<Listed> LISTED =
      new BulkTable.Definition<Listed>("offered_vins")
          .word("kind", listed -> listed.kind().name())
          .text("vin", Listed::vin);

  private Audiences() {}

  /** How much of the fleet a campaign of the store may reach, whatever its state. */
  static AudienceSize size(Db db, String campaign) {
    AudienceSql audience =
        Objects.requireNonNull(
            AudienceSql.of(db, List.of(campaign)).get(campaign), () -> "no campaign " + campaign);
    List<ListSize> lists =
        db.sql("define/audience_lists")
            .param("campaign", campaign)
            .query(
                (row, i) ->
                    new ListSize(
                        VinList.Kind.valueOf(row.getString("kind")),
                        row.getString("file"),
                        row.getLong("vins"),
                        row.getLong("unknown")))
            .list();
    return db.text(Sql.load("define/audience_size").replace("{condition}", audience.condition()))
        .param("campaign", campaign)
        .params(audience.parameters())
        .query((row, i) -> new AudienceSize(row.getLong("fleet"), row.getLong("vehicles"), lists))
        .single();
  }

  /** The table through which lists get into the store, made known before a transaction begins. */
  static void prepare(FleetStore store) {
    store.bulk(LISTED);
  }

  /** Keeps the VINs of a campaign's lists. */
  static void keep(FleetStore store, Db db, String campaign, Map<VinList.Kind, VinList> lists) {
    List<Listed> listed =
        lists.entrySet().stream()
            .flatMap(list -> list.getValue().vins().stream().map(v -> new Listed(list.getKey(), v)))
            .toList();
    store
        .bulk(LISTED)
        .offer(
            listed,
            () ->
                db.text("insert into campaign_vin select :campaign, kind, vin from offered_vins()")
                    .param("campaign", campaign)
                    .update());
  }
}
