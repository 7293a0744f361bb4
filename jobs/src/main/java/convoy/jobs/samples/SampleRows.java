package convoy.jobs.samples;

import convoy.data.vehicle.EcuFacts;
import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportKind;
import convoy.data.vehicle.VehicleFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one sample table, good ones with bad ones spread evenly among them. A bad row is
 * always one too many, about a vehicle or an ECU that no good row describes (a repeated row apart),
 * so that refusing it changes nothing for the good rows.
 */
final class SampleRows {
  private static final int UNTIDY_EVERY = 97;
  private static final int UNTIDY_PHASE = 50;

  private final SampleSpec spec;
  private final SampleTable table;
  private final List<ExportColumn> columns;
  private final SampleCertificates certificates;
  private final Consumer<EcuFacts> certified;

  /** Takes one row after the other. */
  @FunctionalInterface
  interface Sink {
    void accept(SampleRow row) throws IOException;
  }

  SampleRows(SampleSpec spec, SampleTable table) {
    this(spec, table, ecu -> {});
  }

  /**
   * @param certified is shown each ECU that has a certificate, once
   */
  SampleRows(SampleSpec spec, SampleTable table, Consumer<EcuFacts> certified) {
    this.spec = spec;
    this.table = table;
    this.columns = table.columns();
    this.certificates = new SampleCertificates(spec);
    this.certified = certified;
  }

  List<ExportColumn> columns() {
    return columns;
  }

  /** Makes every row in file order; one vehicle at a time is held in memory. */
  SampleTally forEach(Sink sink) throws IOException {
    SampleTally.Counter counter = new SampleTally.Counter(table.file(spec), table.sheet());
    List<Fault> faults = table.faults();
    long bad = table.badRows(spec);
    long size = SampleFleet.size(spec, table.plant());
    int done = 0;
    long seen = 0;
    Iterator<SampleVehicle> vehicles = SampleFleet.generate(spec, table.plant()).iterator();
    while (vehicles.hasNext()) {
      SampleVehicle vehicle = vehicles.next();
      List<SampleRow> good = goodRows(vehicle);
      for (SampleRow row : good) {
        sink.accept(row);
        counter.count(row);
      }
      seen++;
      for (; done < seen * bad / size; done++) {
        SampleRow row = badRow(faults.get(done % faults.size()), vehicle, good.get(0), done);
        sink.accept(row);
        counter.count(row);
      }
    }
    return counter.tally();
  }

  private List<SampleRow> goodRows(SampleVehicle vehicle) {
    List<SampleRow> rows = new ArrayList<>();
    if (table.kind() == ExportKind.VEHICLES) {
      rows.add(new SampleRow(cells(vehicle.facts(), null), null));
    } else {
      certificates
          .ecus(vehicle)
          .forEach(
              ecu -> {
                rows.add(new SampleRow(cells(vehicle.facts(), ecu), null));
                if (ecu.certificate() != null) {
                  certified.accept(ecu);
                }
              });
    }
    if (vehicle.number() % UNTIDY_EVERY == UNTIDY_PHASE) {
      // Typed by hand, and accepted: spaces and lower case do not make a VIN wrong.
      List<String> cells = new ArrayList<>(rows.get(0).cells());
      cells.set(0, " " + cells.get(0).toLowerCase(Locale.ROOT) + " ");
      rows.set(0, new SampleRow(cells, null));
    }
    return rows;
  }

  private SampleRow badRow(Fault fault, SampleVehicle vehicle, SampleRow first, int number) {
    if (fault == Fault.REPEATED_ROW) {
      return new SampleRow(first.cells(), fault);
    }
    SampleVehicle ghost = SampleFleet.ghost(spec, table.plant(), number);
    boolean ofGhost = fault == Fault.NO_VEHICLE || fault.isOfVehicle(table.kind());
    SampleVehicle subject = ofGhost ? ghost : vehicle;
    EcuFacts ecu = ofGhost ? ghost.ecus().get(0) : SampleEcus.extra(vehicle);
    return new SampleRow(fault.spoil(cells(subject.facts(), ecu), columns), fault);
  }

  private List<String> cells(VehicleFacts vehicle, @Nullable EcuFacts ecu) {
    List<String> cells = new ArrayList<>(columns.size() + 1);
    for (ExportColumn column : columns) {
      String text = ofVehicle(column, vehicle);
      cells.add(text != null || ecu == null ? orEmpty(text) : orEmpty(ofEcu(column, ecu)));
    }
    return cells;
  }

  private @Nullable String ofVehicle(ExportColumn column, VehicleFacts vehicle) {
    return switch (column) {
      case VIN -> vehicle.vin();
      case MODEL -> vehicle.model();
      case MODEL_YEAR -> Integer.toString(vehicle.modelYear());
      case POWERTRAIN -> vehicle.powertrain().name();
      case REGION -> vehicle.region();
      case ENGINE_NUMBER -> vehicle.engineNumber();
      case CHASSIS_NUMBER -> vehicle.chassisNumber();
      case MANUFACTURED_ON -> vehicle.manufacturedOn().toString();
      case EXPORTED_AT -> spec.exportedAt().toString();
      default -> null;
    };
  }

  private static @Nullable String ofEcu(ExportColumn column, EcuFacts ecu) {
    return switch (column) {
      case MODULE -> ecu.module();
      case SERIAL -> ecu.serial();
      case HARDWARE_PART -> ecu.hardwarePart();
      case HARDWARE_VERSION -> ecu.hardwareVersion();
      case SOFTWARE_VERSION -> ecu.softwareVersion();
      case CALIBRATION -> ecu.calibration();
      case PROTOCOL -> ecu.protocol().name();
      case CERTIFICATE -> ecu.certificate();
      default -> null;
    };
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
