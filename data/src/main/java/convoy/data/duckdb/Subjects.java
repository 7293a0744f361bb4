package convoy.data.duckdb;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The vehicles whose profiles are made: what is known of them, brought into the shape that is
 * judged.
 */
final class Subjects {
  /** The facts that are looked at; to read all columns of the fleet's ECUs costs twice as much. */
  private static final Map<String, String> FACTS =
      new TreeMap<>(
          Map.of(
              "vehicle",
              "vin, model, model_year, powertrain, region, plant, manufactured_on, retired_at,"
                  + " observed_at, source_file, source_line",
              "ecu",
              "vin, module, hardware_part, hardware_version, protocol, software_version,"
                  + " observed_at, source_file, source_line",
              "status_event",
              "vin, event_at"));

  /** The tables in which a look at one vehicle finds its rows. */
  static final List<String> OF_ONE =
      List.of("vehicle", "ecu", "assignment", "manifest", "manifest_target", "status_event");

  private static final List<String> PROFILES =
      List.of("profile_module", "ecu_kind", "vehicle_kind", "vehicle_profile");
  private static final List<String> FAULTS = List.of("ecu_fault", "vehicle_fault");

  private Subjects() {}

  /** Makes the profiles of the whole fleet anew. */
  static void all(Db db) {
    PROFILES.forEach(table -> db.text("delete from " + table).update());
    whole(db);
  }

  private static void whole(Db db) {
    // Some vehicles may have been added just before.
    FACTS.keySet().forEach(subject -> db.text("drop table if exists subject_" + subject).update());
    take(db, "view", "");
    profiles(db);
  }

  /** Adds the profiles of the vehicles in the temporary table of that name, by column vin. */
  static void add(Db db, String vehicles) {
    take(db, "table", " where vin in (select vin from %s)".formatted(vehicles));
    profiles(db);
  }

  /**
   * Makes profiles that stand beside those of the store, at least of the vehicles in the temporary
   * table of that name, as they are at this moment. To pick most of a fleet takes longer than to
   * look at all of it.
   */
  static void fresh(Db db, String vehicles) {
    shadow(db);
    boolean areMost =
        db.text(
                "select 2 * (select count(*) from %s) > (select count(*) from vehicle)"
                    .formatted(vehicles))
            .query(Boolean.class)
            .single();
    if (areMost) {
      whole(db);
    } else {
      add(db, vehicles);
    }
  }

  /** The same for the one vehicle that the connection looks at ({@link FleetStore#readVehicle}). */
  static void freshOne(Db db) {
    shadow(db);
    take(db, "table", "");
    profiles(db);
  }

  private static void shadow(Db db) {
    db.hide(Stream.concat(PROFILES.stream(), FAULTS.stream()).toList());
  }

  /** Lets the name of a table stand for its rows of that vehicle alone, on this connection. */
  static void shadow(Db db, String table, String vin) {
    db.text(
            "create or replace temp table %s as select * from %s where vin = :vin"
                .formatted(table, db.stored(table)))
        .param("vin", vin)
        .update();
  }

  private static void take(Db db, String kind, String where) {
    FACTS.forEach(
        (subject, columns) ->
            db.text(
                    "create or replace temp %s subject_%s as select %s from %s%s"
                        .formatted(kind, subject, columns, subject, where))
                .update());
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
