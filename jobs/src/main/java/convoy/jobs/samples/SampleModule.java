package convoy.jobs.samples;

import static convoy.data.vehicle.Protocol.CAN;
import static convoy.data.vehicle.Protocol.CAN_FD;
import static convoy.data.vehicle.Protocol.ETHERNET;
import static convoy.data.vehicle.Protocol.FLEXRAY;
import static convoy.data.vehicle.Protocol.LIN;
import static convoy.data.vehicle.Protocol.MOST;
import static convoy.data.version.VersionScheme.DOTTED;
import static convoy.data.version.VersionScheme.SEMVER;

import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.Protocol;
import convoy.data.version.VersionFormatException;
import convoy.data.version.VersionScheme;
import java.util.ArrayList;
import java.util.List;

/**
 * The modules of the sample fleet: hardware revisions and software releases, oldest first.
 *
 * <p>The sample updates are made for these: ABS 2.0.0, 2.0.3 and 2.0.5 on hardware B and C release
 * the brake hold too late, and 2.1.0 mends it; INFOTAINMENT 5.3.1 to 5.4.2 on hardware C together
 * with GATEWAY 3.1.0 to 3.2.1 can take the feature update 5.5.0.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists are made by List.of and List.copyOf
enum SampleModule {
  GATEWAY(SEMVER, CAN_FD, "5Q0-907-530", "H08 H11 H14", "3.0.0 3.1.0 3.1.4 3.2.0 3.2.1"),
  BCM(SEMVER, CAN, "5Q0-937-086", "H10 H12", "1.8.0 1.9.2 2.0.0"),
  ABS(SEMVER, CAN_FD, "5Q0-614-517", "H31 H33 H40", "2.0.0 2.0.3 2.0.5 2.1.0"),
  AIRBAG(SEMVER, CAN, "5Q0-959-655", "H21 H22", "4.2.0 4.2.1 4.3.0"),
  INFOTAINMENT(
      SEMVER, ETHERNET, "3G0-035-820", "H02 H05 H07", "5.1.0 5.2.0 5.3.1 5.4.0 5.4.1 5.4.2"),
  TELEMATICS(SEMVER, ETHERNET, "3G0-035-284", "H03 H04", "2.4.0 2.5.0 2.5.2 2.6.0"),
  CLUSTER(SEMVER, CAN_FD, "5G1-920-791", "H15 H18", "1.2.0 1.3.0 1.4.1"),
  ENGINE(DOTTED, CAN, "04E-906-027", "H13 H24 H25", "05.10.00 05.11.03 05.12.00 06.01.00"),
  TRANSMISSION(DOTTED, CAN, "0CW-300-041", "H42 H45", "11.02.00 11.03.01 11.04.00"),
  STEERING(SEMVER, FLEXRAY, "5Q0-909-144", "H06 H09", "1.5.0 1.6.0 1.6.1"),
  CLIMATE(SEMVER, LIN, "5Q0-907-044", "H17 H19", "0.9.4 1.0.0 1.1.0"),
  BATTERY(SEMVER, CAN_FD, "1EA-915-910", "H50 H52 H53", "1.0.2 1.1.0 1.2.0 1.2.3"),
  INVERTER(SEMVER, CAN_FD, "1EA-907-121", "H60 H61", "3.3.0 3.4.0 3.5.1"),
  CHARGER(SEMVER, CAN, "1EA-915-681", "H70 H72", "2.2.0 2.3.0 2.3.1"),
  CAMERA(SEMVER, ETHERNET, "2Q0-980-653", "H01 H03", "1.1.0 1.2.0 1.3.0-rc.2 1.3.0"),
  RADAR(SEMVER, CAN_FD, "2Q0-907-572", "H04 H05", "6.0.1 6.1.0 6.2.0"),
  PARKING(SEMVER, LIN, "5Q0-919-294", "H11 H13", "1.0.0 1.0.4 1.1.0");

  private static final List<SampleModule> IN_EVERY_CAR =
      List.of(GATEWAY, BCM, ABS, AIRBAG, INFOTAINMENT, TELEMATICS);
  private static final List<SampleModule> CALIBRATED =
      List.of(ABS, AIRBAG, ENGINE, TRANSMISSION, STEERING, BATTERY, INVERTER, CAMERA, RADAR);

  private final VersionScheme scheme;

  private final List<Release> releases;
  private final List<Hardware> hardware;

  /** One software release with its order-preserving key. */
  record Release(String version, String key) {}

  /** One hardware revision: part number, revision and the network that it is reached over. */
  record Hardware(String part, String version, Protocol protocol) {}

  SampleModule(
      VersionScheme scheme, Protocol protocol, String part, String revisions, String versions) {
    this.scheme = scheme;
    this.releases = List.copyOf(releases(scheme, versions));
    this.hardware = List.copyOf(hardware(protocol, part, revisions));
  }

  private static List<Release> releases(VersionScheme scheme, String versions) {
    List<Release> releases = new ArrayList<>();
    for (String version : versions.split(" ", -1)) {
      try {
        releases.add(new Release(version, scheme.key(version)));
      } catch (VersionFormatException e) {
        throw new IllegalStateException(e);
      }
    }
    return releases;
  }

  private static List<Hardware> hardware(Protocol protocol, String part, String revisions) {
    List<Hardware> hardware = new ArrayList<>();
    char letter = 'A';
    for (String revision : revisions.split(" ", -1)) {
      // The first infotainment generation still hung on the MOST ring.
      boolean ring = part.equals("3G0-035-820") && letter == 'A';
      hardware.add(new Hardware(part + "-" + letter, revision, ring ? MOST : protocol));
      letter++;
    }
    return hardware;
  }

  VersionScheme scheme() {
    return scheme;
  }

  List<Release> releases() {
    return releases;
  }

  List<Hardware> hardware() {
    return hardware;
  }

  /** Which range of calibration numbers its ECUs use; -1 when they carry no calibration. */
  int calibrationFamily() {
    return CALIBRATED.indexOf(this);
  }

  /** The modules that every vehicle with that powertrain has: 8, 10, 11 or 9 of them. */
  static List<SampleModule> fitted(Powertrain powertrain) {
    List<SampleModule> fitted = new ArrayList<>(IN_EVERY_CAR);
    switch (powertrain) {
      case PETROL, DIESEL, GAS -> fitted.addAll(List.of(ENGINE, TRANSMISSION));
      case HYBRID -> fitted.addAll(List.of(ENGINE, TRANSMISSION, BATTERY, INVERTER));
      case PLUG_IN_HYBRID ->
          fitted.addAll(List.of(ENGINE, TRANSMISSION, BATTERY, INVERTER, CHARGER));
      case ELECTRIC, FUEL_CELL -> fitted.addAll(List.of(BATTERY, INVERTER, CHARGER));
    }
    return fitted;
  }
}
