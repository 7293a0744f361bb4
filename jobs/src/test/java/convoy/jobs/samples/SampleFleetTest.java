package convoy.jobs.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.vehicle.EcuFacts;
import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.Vin;
import convoy.data.version.VersionScheme;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleFleetTest {
  private static final Instant NIGHT = Instant.parse("2026-11-20T22:00:00Z");
  private static final SampleSpec SPEC = new SampleSpec(7, 3000, 0, NIGHT);

  @Test
  void theSameSeedGivesTheSameFleetAndAnotherSeedAnother() {
    List<SampleVehicle> fleet = SampleFleet.generate(SPEC).toList();

    assertThat(SampleFleet.generate(SPEC)).isEqualTo(fleet);
    Set<SampleVehicle> other =
        SampleFleet.generate(new SampleSpec(8, 3000, 0, NIGHT)).collect(Collectors.toSet());
    assertThat(other).hasSize(3000);
    other.retainAll(new HashSet<>(fleet));
    assertThat(other).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 20261120})
  void everyVinIsValidAndOnceOnly(long seed) {
    Set<String> seen = new HashSet<>();
    SampleFleet.generate(new SampleSpec(seed, 2000, 0, NIGHT))
        .forEach(
            vehicle -> {
              String vin = vehicle.facts().vin();
              assertThat(Vin.isWellFormed(vin)).as(vin).isTrue();
              assertThat(Vin.hasValidCheckDigit(vin)).as(vin).isTrue();
              assertThat(seen.add(vin)).as(vin).isTrue();
              assertThat(vin).startsWith(vehicle.plant().wmi());
              assertThat(vin.charAt(10)).isEqualTo(vehicle.plant().code());
              assertThat(vin.charAt(9)).isEqualTo(SampleVin.yearCode(vehicle.facts().modelYear()));
            });
  }

  /** 49 CFR 565.15(d)(1), table VII. */
  @ParameterizedTest
  @CsvSource({"2010,A", "2017,H", "2018,J", "2022,N", "2023,P", "2024,R", "2026,T", "2027,V"})
  void theTenthCharacterIsTheModelYear(int year, char code) {
    assertThat(SampleVin.yearCode(year)).isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource(Plant.class)
  void aPlantNumbersItsVehiclesInTheOrderInWhichItBuiltThem(Plant plant) {
    List<SampleVehicle> built = SampleFleet.generate(SPEC, plant).toList();

    assertThat(built.stream().map(v -> v.facts().manufacturedOn()).toList()).isSorted();
    assertThat(built.stream().map(v -> v.facts().vin().substring(11)).toList()).isSorted();
    assertThat(built.get(0).facts().manufacturedOn()).isEqualTo(LocalDate.of(2023, 11, 21));
    assertThat(built.get(built.size() - 1).facts().manufacturedOn())
        .isBetween(LocalDate.of(2026, 11, 17), LocalDate.of(2026, 11, 19));
  }

  @Test
  void everyVehicleHas8To12EcusOfDifferentModules() {
    Set<Integer> sizes = new HashSet<>();
    Set<String> serials = new HashSet<>();
    SampleFleet.generate(SPEC)
        .forEach(
            vehicle -> {
              sizes.add(vehicle.ecus().size());
              assertThat(modules(vehicle)).hasSameSizeAs(vehicle.ecus());
              vehicle.ecus().forEach(ecu -> assertThat(serials.add(ecu.serial())).isTrue());
              assertThat(vehicle.ecus())
                  .allSatisfy(ecu -> assertThat(ecu.vin()).isEqualTo(vehicle.facts().vin()));
            });
    assertThat(sizes).containsExactlyInAnyOrder(8, 9, 10, 11, 12);
  }

  @ParameterizedTest
  @CsvSource({
    "PETROL, ENGINE TRANSMISSION, BATTERY INVERTER CHARGER",
    "DIESEL, ENGINE TRANSMISSION, BATTERY INVERTER CHARGER",
    "HYBRID, ENGINE TRANSMISSION BATTERY INVERTER, CHARGER",
    "PLUG_IN_HYBRID, ENGINE TRANSMISSION BATTERY INVERTER CHARGER, NONE",
    "ELECTRIC, BATTERY INVERTER CHARGER, ENGINE TRANSMISSION"
  })
  void thePowertrainDecidesWhichModulesAVehicleHas(Powertrain drive, String with, String without) {
    List<SampleVehicle> vehicles =
        SampleFleet.generate(SPEC).filter(v -> v.facts().powertrain() == drive).toList();

    assertThat(vehicles).hasSizeGreaterThan(100);
    assertThat(vehicles)
        .allSatisfy(
            vehicle ->
                assertThat(modules(vehicle))
                    .contains("GATEWAY", "ABS", "INFOTAINMENT")
                    .contains(with.split(" ", -1))
                    .doesNotContain(without.split(" ", -1)));
  }

  @Test
  void engineAndTransmissionHaveDottedVersionsAndAllElseSemantic() {
    for (SampleModule module : SampleModule.values()) {
      boolean dotted = module == SampleModule.ENGINE || module == SampleModule.TRANSMISSION;
      assertThat(module.scheme()).isEqualTo(dotted ? VersionScheme.DOTTED : VersionScheme.SEMVER);
      assertThat(module.releases().stream().map(SampleModule.Release::key).toList())
          .as("%s: oldest first", module)
          .isSorted()
          .doesNotHaveDuplicates();
      assertThat(module.hardware()).hasSizeBetween(2, 3);
    }
  }

  @Test
  void everyReleaseAndHardwareRevisionIsOnTheRoad() {
    Set<String> seen =
        SampleFleet.generate(SPEC)
            .flatMap(v -> v.ecus().stream())
            .flatMap(
                ecu ->
                    List.of(ecu.module() + " " + ecu.softwareVersion(), ecu.hardwarePart())
                        .stream())
            .collect(Collectors.toSet());
    for (SampleModule module : SampleModule.values()) {
      module.releases().forEach(r -> assertThat(seen).contains(module + " " + r.version()));
      module.hardware().forEach(part -> assertThat(seen).contains(part.part()));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20261120})
  void aboutHalfOfTheFleetIsEligibleForOneOfTheSampleUpdates(long seed) {
    List<SampleVehicle> fleet = SampleFleet.generate(new SampleSpec(seed, 3000, 0, NIGHT)).toList();

    assertThat(share(fleet, SampleFleetTest::takesBrakeFix)).isBetween(0.2, 0.4);
    assertThat(share(fleet, SampleFleetTest::takesFeature)).isBetween(0.2, 0.4);
    assertThat(share(fleet, v -> takesBrakeFix(v) || takesFeature(v))).isBetween(0.4, 0.6);
  }

  @Test
  void theNextNightBringsNewVehiclesAndNewerSoftwareOnOldOnes() {
    SampleSpec second = SPEC.nextNight();
    List<SampleVehicle> before = SampleFleet.generate(SPEC, Plant.WOLFSBURG).toList();
    List<SampleVehicle> after = SampleFleet.generate(second, Plant.WOLFSBURG).toList();

    assertThat(second.exportedAt()).isEqualTo(Instant.parse("2026-11-21T22:00:00Z"));
    List<SampleVehicle> old = after.stream().filter(v -> v.number() < before.size()).toList();
    List<SampleVehicle> fresh = after.stream().filter(v -> v.number() >= before.size()).toList();
    assertThat(old).hasSize(68);
    assertThat(fresh).hasSize(13);
    assertThat(fresh)
        .allSatisfy(
            v -> assertThat(v.facts().manufacturedOn()).isEqualTo(LocalDate.of(2026, 11, 20)));
    int raised = 0;
    for (SampleVehicle vehicle : old) {
      SampleVehicle was = before.get(vehicle.number());
      assertThat(vehicle.facts()).isEqualTo(was.facts());
      for (int i = 0; i < was.ecus().size(); i++) {
        int change = vehicle.ecus().get(i).softwareKey().compareTo(was.ecus().get(i).softwareKey());
        assertThat(change).isGreaterThanOrEqualTo(0);
        raised += change > 0 ? 1 : 0;
      }
    }
    assertThat(raised).isGreaterThan(old.size());
  }

  @Test
  void theSecondNightsNewVehiclesAreNotThoseOfTheThird() {
    SampleSpec second = SPEC.nextNight();
    Set<String> vins =
        SampleFleet.generate(second).map(v -> v.facts().vin()).collect(Collectors.toSet());

    assertThat(SampleFleet.generate(second.nextNight()).map(v -> v.facts().vin()))
        .doesNotContainAnyElementsOf(vins);
  }

  @Test
  void theFleetStreams() {
    SampleSpec large = new SampleSpec(7, SampleSpec.MAX_VEHICLES, 0, NIGHT);

    // A stream that first collected a plant's vehicles would not fit into the tests' heap.
    assertThat(SampleFleet.generate(large).iterator().next().number()).isZero();
    assertThat(SampleFleet.size(large, Plant.WOLFSBURG)).isEqualTo(852_000);
    assertThat(SampleFleet.size(large, Plant.PUEBLA)).isEqualTo(80_000);
    assertThat(SampleFleet.size(large, Plant.SHANGHAI)).isEqualTo(568_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9|0|1|sample data: vehicles 9: expected 10 to 1500000",
        "1500001|0|1|sample data: vehicles 1500001: expected 10 to 1500000",
        "10|-1|1|sample data: bad rows -1: expected 0 to 100000",
        "10|0|0|sample data: night 0: expected 1 to 10",
        "10|0|11|sample data: night 11: expected 1 to 10"
      })
  void aSpecOutOfRangeIsRefused(int vehicles, int badRows, int night, String message) {
    assertThatThrownBy(() -> new SampleSpec(1, vehicles, badRows, NIGHT, night))
        .isInstanceOfSatisfying(
            ConvoyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessage(message);
  }

  private static boolean takesBrakeFix(SampleVehicle vehicle) {
    EcuFacts abs = ecu(vehicle, "ABS");
    return Set.of("Aldera", "Brevik", "Corvena").contains(vehicle.facts().model())
        && abs.softwareVersion().startsWith("2.0.")
        && Set.of("5Q0-614-517-B", "5Q0-614-517-C").contains(abs.hardwarePart());
  }

  private static boolean takesFeature(SampleVehicle vehicle) {
    EcuFacts screen = ecu(vehicle, "INFOTAINMENT");
    return !ecu(vehicle, "GATEWAY").softwareVersion().equals("3.0.0")
        && !Set.of("5.1.0", "5.2.0").contains(screen.softwareVersion())
        && screen.hardwarePart().equals("3G0-035-820-C");
  }

  private static double share(List<SampleVehicle> fleet, Predicate<SampleVehicle> of) {
    return (double) fleet.stream().filter(of).count() / fleet.size();
  }

  private static EcuFacts ecu(SampleVehicle vehicle, String module) {
    return vehicle.ecus().stream()
        .filter(ecu -> ecu.module().equals(module))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> modules(SampleVehicle vehicle) {
    return vehicle.ecus().stream().map(EcuFacts::module).collect(Collectors.toSet());
  }
}
