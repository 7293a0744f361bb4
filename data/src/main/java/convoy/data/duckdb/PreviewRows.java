package convoy.data.duckdb;

import convoy.data.eligibility.Reason;
import convoy.data.eligibility.Verdict;
import convoy.data.preview.CampaignPreview;
import convoy.data.preview.PreviewChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of the statements under {@code preview/}. */
final class PreviewRows {
  /** Some VINs for a reason. */
  record Samples(Verdict verdict, Reason reason, List<String> vins) {}

  private PreviewRows() {}

  static CampaignPreview.Wave wave(ResultSet row) throws SQLException {
    return new CampaignPreview.Wave(
        row.getInt("wave"),
        row.getString("name"),
        row.getLong("vehicles"),
        row.getLong("waiting"),
        row.getLong("bytes"),
        row.getLong("without_way_back"),
        vins(row));
  }

  static CampaignPreview.Part part(ResultSet row) throws SQLException {
    return new CampaignPreview.Part(
        row.getInt("wave"),
        row.getString("region"),
        row.getString("model"),
        row.getLong("vehicles"));
  }

  static CampaignPreview.Conflict conflict(ResultSet row) throws SQLException {
    return new CampaignPreview.Conflict(
        row.getString("campaign"),
        row.getString("state"),
        row.getBoolean("goes_first"),
        row.getString("modules"),
        row.getLong("vehicles"),
        row.getLong("open_manifests"),
        row.getLong("wait_for_it"),
        row.getLong("wait_for_this"));
  }

  static Samples samples(ResultSet row) throws SQLException {
    return new Samples(
        Verdict.valueOf(row.getString("verdict")),
        Reason.valueOf(row.getString("reason")),
        vins(row));
  }

  /** The counts of a matching, each with its samples. */
  static List<CampaignPreview.Cause> causes(Eligibility.Counts counts, List<Samples> samples) {
    List<CampaignPreview.Cause> causes = new ArrayList<>();
    counts
        .byReason()
        .forEach(
            (verdict, reasons) ->
                reasons.forEach(
                    (reason, vehicles) ->
                        causes.add(
                            new CampaignPreview.Cause(
                                verdict, reason, vehicles, of(samples, verdict, reason)))));
    return causes;
  }

  private static List<String> of(List<Samples> samples, Verdict verdict, Reason reason) {
    return samples.stream()
        .filter(s -> s.verdict() == verdict && s.reason() == reason)
        .findFirst()
        .map(Samples::vins)
        .orElseThrow();
  }

  static PreviewChange.Cause changeCause(ResultSet row) throws SQLException {
    return new PreviewChange.Cause(
        PreviewChange.Direction.valueOf(row.getString("direction")),
        row.getString("reason"),
        row.getLong("vehicles"),
        vins(row));
  }

  static PreviewChange.Move move(ResultSet row) throws SQLException {
    return new PreviewChange.Move(
        row.getInt("from_wave"), row.getInt("to_wave"), row.getLong("vehicles"), vins(row));
  }

  private static List<String> vins(ResultSet row) throws SQLException {
    String vins = row.getString("vins");
    return vins == null || vins.isEmpty() ? List.of() : List.of(vins.split(" "));
  }
}
