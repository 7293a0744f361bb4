package convoy.jobs.simulate;

import convoy.config.StrictYaml;
import convoy.data.duckdb.VehicleMemory;
import convoy.jobs.JobHarness;
import java.util.Map;

/** Plays the vehicles of a home by rules, given as the YAML of a file of rules. */
public final class Simulators {
  private Simulators() {}

  /** What no rule covers is installed and reported in order. */
  public static FleetSimulator inOrder(JobHarness jobs, long seed, String rules) {
    return inOrder(jobs, seed, rules, Reporting.STATUS_LOGS, FleetSimulator.AT_ONCE);
  }

  /**
   * @param atOnce how many manifests are in memory at a time, more or less
   */
  static FleetSimulator inOrder(
      JobHarness jobs, long seed, String rules, Reporting reporting, int atOnce) {
    SimulationPlan inOrder = new SimulationPlan(0, 0, 0, 0, 0, 0, 0, 0, Map.of());
    return of(jobs, seed, inOrder, rules, reporting, atOnce);
  }

  /** What no rule covers is as on a usual night. */
  public static FleetSimulator usual(JobHarness jobs, long seed, String rules) {
    SimulationPlan usual = SimulationPlan.usual();
    return of(jobs, seed, usual, rules, Reporting.STATUS_LOGS, FleetSimulator.AT_ONCE);
  }

  private static FleetSimulator of(
      JobHarness jobs,
      long seed,
      SimulationPlan otherwise,
      String rules,
      Reporting reporting,
      int atOnce) {
    return new FleetSimulator(
        jobs.home().outbox(),
        new VehicleBehaviour(
            seed, otherwise, StrictYaml.read("rules.yaml", rules, SimulationRules.class)),
        vins -> jobs.with(store -> VehicleMemory.read(store, vins)),
        new EcuKeys(jobs.home().root().resolve("simulator/ecu-keys")),
        reporting,
        atOnce);
  }
}
