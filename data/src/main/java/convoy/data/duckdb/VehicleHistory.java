package convoy.data.duckdb;

import convoy.data.eligibility.Standing;
import convoy.data.status.AssignmentState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was done with one vehicle: campaigns, manifests, and what it reported. */
public final class VehicleHistory {
  private VehicleHistory() {}

  /**
   * A manifest.
   *
   * @param state PREPARED, or ISSUED once it is in the outbox
   * @param withdraws the version of the manifest that this one takes back; null: it installs
   *     something
   * @param targets its ECUs with their versions before and after, for people; empty where it takes
   *     one back
   * @param carries what it asks for of other campaigns, for people; empty for nothing
   */
  public record Manifest(
      long version,
      String campaign,
      int wave,
      int attempt,
      String state,
      Instant issuedAt,
      Instant expiresAt,
      @Nullable Long withdraws,
      String targets,
      String carries) {}

  /** A status event, with the file and line that told of it. */
  public record Event(
      Instant happenedAt,
      String campaign,
      long manifestVersion,
      int attempt,
      String module,
      String state,
      @Nullable String reportedVersion,
      @Nullable String errorCode,
      @Nullable String text,
      String sourceFile,
      long sourceLine) {}

  /**
   * What is wrong with a row that it sent and that counts for nothing, with the file and line.
   *
   * @param rejectedAt when the row was read
   * @param rule as the page of its format names it
   */
  public record Rejection(
      Instant rejectedAt,
      String rule,
      String column,
      String found,
      String expected,
      String sourceFile,
      long sourceLine) {}

  /**
   * Where it stands in each campaign that may still issue manifests or has it among its vehicles,
   * in the order in which campaigns go first.
   */
  public static List<Standing> standings(FleetStore store, String vin) {
    return store.read(
        db ->
            db.sql("inventory/standings")
                .param("vin", vin)
                .query((row, i) -> standing(row))
                .list());
  }

  /** Its manifests, oldest first. */
  public static List<Manifest> manifests(FleetStore store, String vin) {
    return store.read(
        db ->
            db.sql("inventory/manifests")
                .param("vin", vin)
                .query(
                    (row, i) ->
                        new Manifest(
                            row.getLong("version"),
                            row.getString("campaign"),
                            row.getInt("wave"),
                            row.getInt("attempt"),
                            row.getString("state"),
                            time(row, "issued_at"),
                            time(row, "expires_at"),
                            row.getObject("withdraws", Long.class),
                            row.getString("targets"),
                            row.getString("carries")))
                .list());
  }

  /** What it reported, oldest first. */
  public static List<Event> events(FleetStore store, String vin) {
    return store.read(
        db ->
            db.sql("inventory/events")
                .param("vin", vin)
                .query(
                    (row, i) ->
                        new Event(
                            time(row, "event_at"),
                            row.getString("campaign"),
                            row.getLong("manifest_version"),
                            row.getInt("attempt"),
                            row.getString("module"),
                            row.getString("state"),
                            row.getString("reported_version"),
                            row.getString("error_code"),
                            row.getString("text"),
                            row.getString("source_file"),
                            row.getLong("source_line")))
                .list());
  }

  /** What it sent and Convoy rejected, oldest first. */
  public static List<Rejection> rejections(FleetStore store, String vin) {
    return store.read(
        db ->
            db.sql("inventory/rejections")
                .param("vin", vin)
                .query(
                    (row, i) ->
                        new Rejection(
                            time(row, "quarantined_at"),
                            row.getString("rule"),
                            row.getString("column_name"),
                            row.getString("found"),
                            row.getString("expected"),
                            row.getString("source_file"),
                            row.getLong("source_line")))
                .list());
  }

  private static Standing standing(ResultSet row) throws SQLException {
    return new Standing(
        row.getString("campaign"),
        row.getString("title"),
        row.getString("update_ref"),
        row.getString("urgency"),
        row.getInt("priority"),
        row.getString("state"),
        row.getString("state_reason"),
        row.getBoolean("waits_for_start"),
        row.getBoolean("has_ended"),
        Campaigns.consent(row),
        row.getString("assignment") == null ? null : assigned(row));
  }

  private static Standing.Assigned assigned(ResultSet row) throws SQLException {
    return new Standing.Assigned(
        AssignmentState.valueOf(row.getString("assignment")),
        row.getInt("wave"),
        row.getString("wave_name"),
        "RELEASED".equals(row.getString("wave_state")),
        row.getInt("attempt"),
        row.getObject("manifest_version", Long.class),
        Db.instant(row, "due_at"),
        Db.instant(row, "deadline_at"),
        row.getString("waiting_for"),
        row.getString("waiting_over"),
        row.getString("error_code"),
        row.getString("failed_module"),
        row.getString("reason"),
        time(row, "state_at"),
        row.getString("refusal"));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(Db.instant(row, column));
  }
}
