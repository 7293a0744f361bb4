package convoy.data.duckdb;

import convoy.data.status.EcuReport;
import convoy.data.vehicle.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Version reports on their way in, and what has to be known of ECUs and images to check them. */
public final class ReportStaging {
  /** An ECU as the fleet knows it. */
  public record KnownEcu(String vin, String module, String serial, @Nullable String certificate) {}

  /** An ECU as a report names it. */
  public record EcuOf(String vin, String serial) {}

  /** An image of a registered update: what an ECU of the module runs that has it. */
  public record KnownImage(long length, String version, String key) {}

  /**
   * What is known.
   *
   * @param ecus those of the vehicles that were asked for, by VIN
   * @param elsewhere serials that the vehicle does not have for which they were asked for, and
   *     another one has
   * @param images by module and hash
   */
  public record Known(
      Map<String, List<KnownEcu>> ecus, Set<String> elsewhere, Map<String, KnownImage> images) {
    /** The ECUs of that vehicle; none where it is not known. */
    public List<KnownEcu> ofVehicle(String vin) {
      return ecus.getOrDefault(vin, List.of());
    }

    /** Whether only other vehicles have an ECU with that serial. */
    public boolean isElsewhere(String serial) {
      return elsewhere.contains(serial);
    }

    /** The image of that hash on an ECU of that module; null when none is registered. */
    public @Nullable KnownImage image(String module, String sha256) {
      return images.get(module + " " + sha256);
    }
  }

  /**
   * The report of one ECU, after it was checked.
   *
   * @param report what is taken over; null when there are rejections
   */
  public record Row(
      long line,
      String raw,
      @Nullable Checked report,
      List<Finding> rejections,
      List<Finding> warnings) {}

  /**
   * A report whose signatures hold.
   *
   * @param image null when no registered update has it
   */
  public record Checked(KnownEcu ecu, EcuReport report, @Nullable KnownImage image) {}

  private record Key(String kind, String word) {}

  private record Staged(String sha256, long rowNo, long line, String raw, Checked checked) {}

  private static final BulkTable.Definition<Key> KEYS =
      new BulkTable.Definition<Key>("offered_keys").text("kind", Key::kind).text("word", Key::word);

  private static final BulkTable.Definition<Staged> REPORTS =
      new BulkTable.Definition<Staged>("offered_reports")
          .text("sha256", Staged::sha256)
          .number("row_no", Staged::rowNo)
          .number("line", Staged::line)
          .text("raw", Staged::raw)
          .text("report_sha256", s -> s.checked().report().signedSha256())
          .text("vin", s -> s.checked().ecu().vin())
          .text("module", s -> s.checked().ecu().module())
          .text("ecu_serial", s -> s.checked().ecu().serial())
          .number("counter", s -> s.checked().report().counter())
          .time("reported_at", s -> s.checked().report().time())
          .text("image_name", s -> s.checked().report().image())
          .text("image_sha256", s -> s.checked().report().sha256())
          .text(
              "software_version",
              s -> s.checked().image() == null ? null : s.checked().image().version())
          .text("software_key", s -> s.checked().image() == null ? null : s.checked().image().key())
          .text("attacks", s -> s.checked().report().attacks());

  private ReportStaging() {}

  /**
   * Looks up what reports speak of.
   *
   * @param vins the vehicles
   * @param named the ECUs that their reports name
   * @param hashes of images
   */
  public static Known known(
      FleetStore store, Set<String> vins, Set<EcuOf> named, Set<String> hashes) {
    List<Key> keys = new ArrayList<>();
    vins.forEach(vin -> keys.add(new Key("VIN", vin)));
    hashes.forEach(hash -> keys.add(new Key("IMAGE", hash)));
    BulkTable<Key> table = store.bulk(KEYS);
    Map<String, List<KnownEcu>> ecus = new HashMap<>();
    Set<String> elsewhere = new HashSet<>();
    Map<String, KnownImage> images = new HashMap<>();
    store.transaction(
        db -> {
          ask(db, table, keys);
          db.sql("land/asked_ecus")
              .query(
                  row -> {
                    KnownEcu ecu =
                        new KnownEcu(
                            row.getString("vin"),
                            row.getString("module"),
                            row.getString("serial"),
                            row.getString("certificate"));
                    ecus.computeIfAbsent(ecu.vin(), vin -> new ArrayList<>()).add(ecu);
                  });
          db.sql("land/asked_images")
              .query(
                  row -> {
                    images.put(
                        row.getString("module") + " " + row.getString("image_sha256"),
                        new KnownImage(
                            row.getLong("image_length"),
                            row.getString("to_version"),
                            row.getString("to_key")));
                  });
          // All other vehicles are looked through only for serials that their own have not.
          List<Key> missing =
              named.stream()
                  .filter(
                      ecu ->
                          ecus.getOrDefault(ecu.vin(), List.of()).stream()
                              .noneMatch(known -> known.serial().equals(ecu.serial())))
                  .map(ecu -> new Key("SERIAL", ecu.serial()))
                  .distinct()
                  .toList();
          if (!missing.isEmpty()) {
            ask(db, table, missing);
            elsewhere.addAll(
                db.text("select distinct serial from ecu where serial in (select word from asked)")
                    .query(String.class)
                    .list());
          }
        });
    return new Known(ecus, elsewhere, images);
  }

  private static void ask(Db db, BulkTable<Key> table, List<Key> keys) {
    table.offer(
        keys,
        () ->
            db.text("create or replace temp table asked as select * from offered_keys()").update());
  }

  /**
   * Appends the next rows of the file and moves its position behind them, in one transaction.
   *
   * @param rows the rows that follow the committed ones, in file order, good and rejected
   */
  public static void append(FleetStore store, String sha256, List<Row> rows) {
    String step = ImportLedger.stagingStep(sha256);
    BulkTable<Staged> reportTable = store.bulk(REPORTS);
    BulkTable<StagedRejections.Row> findingTable = store.bulk(StagedRejections.TABLE);
    store.transaction(
        db -> {
          long rowNo = StepPositions.committed(db, step);
          List<Staged> reports = new ArrayList<>(rows.size());
          List<StagedRejections.Row> findings = new ArrayList<>();
          for (Row row : rows) {
            rowNo++;
            Checked checked = row.report();
            if (checked != null) {
              reports.add(new Staged(sha256, rowNo, row.line(), row.raw(), checked));
            }
            for (Finding rejection : row.rejections()) {
              findings.add(finding(sha256, "ERROR", rowNo, row, rejection));
            }
            for (Finding warning : row.warnings()) {
              findings.add(finding(sha256, "WARN", rowNo, row, warning));
            }
          }
          reportTable.offer(
              reports,
              () -> db.text("insert into staged_report select * from offered_reports()").update());
          StagedRejections.insert(db, findingTable, findings);
          StepPositions.advance(db, step, rowNo);
        });
  }

  private static StagedRejections.Row finding(
      String sha256, String severity, long rowNo, Row row, Finding finding) {
    return new StagedRejections.Row(sha256, severity, rowNo, null, row.line(), row.raw(), finding);
  }
}
