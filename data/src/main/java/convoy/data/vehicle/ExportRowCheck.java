package convoy.data.vehicle;

import static convoy.data.vehicle.ExportColumn.CALIBRATION;
import static convoy.data.vehicle.ExportColumn.CHASSIS_NUMBER;
import static convoy.data.vehicle.ExportColumn.ENGINE_NUMBER;
import static convoy.data.vehicle.ExportColumn.HARDWARE_PART;
import static convoy.data.vehicle.ExportColumn.HARDWARE_VERSION;
import static convoy.data.vehicle.ExportColumn.MODEL;
import static convoy.data.vehicle.ExportColumn.PLANT;
import static convoy.data.vehicle.ExportColumn.SERIAL;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a single row of an export. All of them are applied and every rejection is listed;
 * two rows are never compared. For one thread at a time, since it remembers what texts were read
 * as; the rule table can be shared.
 */
public final class ExportRowCheck {
  private final RuleTable rules;
  private final RowValues values;
  private final VehicleValues vehicles;
  private final EcuValues ecus;
  private final OwnRules ownRules;

  /**
   * @param now the job's start; what lies in the future is measured from it
   */
  public ExportRowCheck(ModuleCatalog modules, RuleTable rules, Instant now) {
    this.rules = rules;
    this.values = new RowValues(rules, now);
    this.vehicles = new VehicleValues(now);
    this.ecus = new EcuValues(modules);
    this.ownRules = new OwnRules(rules.own(), new CanonicalTexts(modules));
  }

  /** The row's facts with what is worth a look in them, or why it is not accepted. */
  public CheckedRow check(ExportRow row) {
    if (row.problem() != null) {
      return result(row, null, null, null, List.of(asSet(row.problem())), List.of());
    }
    RowCells cells = new RowCells(row.values(), rules);
    String vin = values.vin(cells);
    VehicleFacts vehicle = row.kind() == ExportKind.ECUS ? null : vehicle(cells, vin);
    EcuFacts ecu = row.kind() == ExportKind.VEHICLES ? null : ecu(cells, vin);
    Instant observedAt = values.exportedAt(cells);
    ownRules.apply(row.kind(), cells);
    List<Finding> rejections = cells.rejections();
    return rejections.isEmpty()
        ? result(row, vehicle, ecu, observedAt, rejections, cells.warnings())
        : result(row, null, null, null, rejections, cells.warnings());
  }

  /** What a reader found of a row that it could not lay out, in the words of the rule table. */
  private Finding asSet(Finding problem) {
    return RowRule.find(problem.rule())
        .map(rule -> rules.message(rule, Map.of("columns", problem.expected())))
        .map(expected -> new Finding(problem.rule(), problem.column(), problem.found(), expected))
        .orElse(problem);
  }

  private @Nullable VehicleFacts vehicle(RowCells cells, @Nullable String vin) {
    var model = cells.required(MODEL);
    var year = vehicles.modelYear(cells);
    var powertrain = vehicles.powertrain(cells);
    var region = vehicles.region(cells);
    var engine = cells.optional(ENGINE_NUMBER);
    var chassis = cells.optional(CHASSIS_NUMBER);
    var built = vehicles.manufacturedOn(cells);
    var plant = cells.optional(PLANT);
    return vin == null
            || model == null
            || year == null
            || powertrain == null
            || region == null
            || built == null
        ? null
        : new VehicleFacts(vin, model, year, powertrain, region, engine, chassis, built, plant);
  }

  private @Nullable EcuFacts ecu(RowCells cells, @Nullable String vin) {
    var module = ecus.module(cells);
    var serial = cells.required(SERIAL);
    var part = cells.required(HARDWARE_PART);
    var hardware = cells.required(HARDWARE_VERSION);
    var software = ecus.software(cells, module);
    var calibration = cells.optional(CALIBRATION);
    var protocol = ecus.protocol(cells);
    var rxswin = ecus.rxswin(cells);
    var certificate = ecus.certificate(cells);
    return vin == null
            || module == null
            || serial == null
            || part == null
            || hardware == null
            || software == null
            || protocol == null
        ? null
        : new EcuFacts(
            vin,
            module.code(),
            serial,
            part,
            hardware,
            software.version(),
            software.key(),
            calibration,
            protocol,
            rxswin,
            certificate);
  }

  private static CheckedRow result(
      ExportRow row,
      @Nullable VehicleFacts vehicle,
      @Nullable EcuFacts ecu,
      @Nullable Instant observedAt,
      List<Finding> rejections,
      List<Finding> warnings) {
    return new CheckedRow(
        row.kind(),
        row.sheet(),
        row.line(),
        row.raw(),
        vehicle,
        ecu,
        observedAt,
        rejections,
        warnings);
  }
}
