package convoy.data.duckdb;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The vehicles whose profiles are made: what is known of them, brought into the shape that is
 * judged.
 */
final class Subjects {
  private static final List<String> FACTS = List.of("vehicle", "ecu", "status_event");
  private static final List<String> PROFILES =
      List.of(
          "profile_module",
          "ecu_kind",
          "vehicle_kind",
          "vehicle_profile",
          "ecu_fault",
          "vehicle_fault");

  private Subjects() {}

  /** Makes the profiles of the whole fleet anew. */
  static void all(Db db) {
    for (String table : List.of("profile_module", "ecu_kind", "vehicle_kind", "vehicle_profile")) {
      db.text("delete from " + table).update();
    }
    // Some vehicles may have been added just before.
    FACTS.forEach(subject -> db.text("drop table if exists subject_" + subject).update());
    take(db, "view", "", null);
    profiles(db);
  }

  /** Adds the profiles of the vehicles in the temporary table of that name, by column vin. */
  static void add(Db db, String vehicles) {
    take(db, "table", " where vin in (select vin from %s)".formatted(vehicles), null);
    profiles(db);
  }

  /**
   * Makes profiles that stand beside those of the store, of the vehicles in the temporary table of
   * that name, as they are at this moment.
   */
  static void fresh(Db db, String vehicles) {
    shadow(db);
    add(db, vehicles);
  }

  /** The same for one vehicle, which DuckDB finds fast in a large fleet by its plain VIN. */
  static void fresh(Db db, Vin one) {
    shadow(db);
    take(db, "table", " where vin = :vin", one.vin());
    profiles(db);
  }

  /** Names a vehicle. */
  record Vin(String vin) {}

  private static void shadow(Db db) {
    for (String table : PROFILES) {
      db.text(
              "create or replace temp table %s as from %s limit 0"
                  .formatted(table, db.stored(table)))
          .update();
    }
  }

  /** Lets the name of a table stand for its rows of that vehicle alone, on this connection. */
  static void shadow(Db db, String table, String vin) {
    db.text(
            "create or replace temp table %s as select * from %s where vin = :vin"
                .formatted(table, db.stored(table)))
        .param("vin", vin)
        .update();
  }

  private static void take(Db db, String kind, String where, @Nullable String vin) {
    for (String subject : FACTS) {
      var statement =
          db.text(
              "create or replace temp %s subject_%s as select * from %s%s"
                  .formatted(kind, subject, subject, where));
      (vin == null ? statement : statement.param("vin", vin)).update();
    }
  }

  private static void profiles(Db db) {
    db.script("match/subject_kinds");
    int places =
        db.text("select coalesce(max(place), 0) from profile_module").query(Integer.class).single();
    String kinds =
        IntStream.rangeClosed(1, places)
            .mapToObj("max(kind) filter (place = %d)"::formatted)
            .collect(Collectors.joining(", "));
    db.text(Sql.load("match/subject_profiles").replace("{kinds}", places == 0 ? "null" : kinds))
        .update();
  }
}
