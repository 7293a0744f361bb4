package convoy.jobs.samples;

import static convoy.data.vehicle.Powertrain.DIESEL;
import static convoy.data.vehicle.Powertrain.ELECTRIC;
import static convoy.data.vehicle.Powertrain.HYBRID;
import static convoy.data.vehicle.Powertrain.PETROL;
import static convoy.data.vehicle.Powertrain.PLUG_IN_HYBRID;
import static convoy.jobs.samples.SampleModule.CAMERA;
import static convoy.jobs.samples.SampleModule.CLIMATE;
import static convoy.jobs.samples.SampleModule.CLUSTER;
import static convoy.jobs.samples.SampleModule.PARKING;
import static convoy.jobs.samples.SampleModule.RADAR;
import static convoy.jobs.samples.SampleModule.STEERING;

import convoy.data.vehicle.Powertrain;
import java.util.List;

/** The made-up models. A richer trim has more of the extras, in the order given here. */
@SuppressWarnings("ImmutableEnumChecker") // its lists are made by List.of and List.copyOf
enum SampleModel {
  ALDERA("Aldera", 'H', "AL", List.of(PETROL, DIESEL, HYBRID), List.of(CLUSTER, CLIMATE, PARKING)),
  BREVIK(
      "Brevik",
      'K',
      "BR",
      List.of(DIESEL, PETROL, PLUG_IN_HYBRID),
      List.of(STEERING, CLUSTER, RADAR)),
  CORVENA(
      "Corvena",
      'S',
      "CV",
      List.of(PETROL, HYBRID, PLUG_IN_HYBRID),
      List.of(CLUSTER, CAMERA, STEERING)),
  DORELLE("Dorelle", 'C', "DR", List.of(ELECTRIC), List.of(PARKING, CLIMATE, CAMERA)),
  ELANTO("Elanto", 'L', "EL", List.of(ELECTRIC), List.of(CLUSTER, CAMERA, RADAR));

  private final String title;
  private final char body;
  private final String type;
  private final List<Powertrain> powertrains;
  private final List<SampleModule> extras;

  SampleModel(
      String title,
      char body,
      String type,
      List<Powertrain> powertrains,
      List<SampleModule> extras) {
    this.title = title;
    this.body = body;
    this.type = type;
    this.powertrains = powertrains;
    this.extras = extras;
  }

  String title() {
    return title;
  }

  /** The most usual powertrain first. */
  List<Powertrain> powertrains() {
    return powertrains;
  }

  List<SampleModule> extras() {
    return extras;
  }

  /** Positions 4 to 8 of the VIN: body, powertrain, trim and model type. */
  String descriptor(Powertrain powertrain, int trim) {
    char drive =
        switch (powertrain) {
          case PETROL -> 'P';
          case DIESEL -> 'D';
          case HYBRID -> 'H';
          case PLUG_IN_HYBRID -> 'R';
          case ELECTRIC -> 'E';
          case FUEL_CELL -> 'F';
          case GAS -> 'G';
        };
    return "" + body + drive + trim + type;
  }
}
