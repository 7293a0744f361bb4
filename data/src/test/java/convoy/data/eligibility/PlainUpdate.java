package convoy.data.eligibility;

import convoy.data.update.UpdateCondition.Kind;
import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.Protocol;
import java.util.List;

/** An update as a person reads its definition. An empty list is all. */
public record PlainUpdate(
    String name,
    List<String> models,
    List<Powertrain> powertrains,
    List<Target> targets,
    List<Condition> conditions,
    boolean allowDowngrade,
    boolean wayBackRequired) {

  /**
   * What it does to one module.
   *
   * @param images the hardware parts of each image; one empty list: one image for all
   */
  public record Target(
      String module,
      List<String> hardware,
      List<String> hardwareVersions,
      List<Protocol> protocols,
      PlainRange from,
      String to,
      List<List<String>> images) {}

  /** A requirement or a conflict. */
  public record Condition(Kind kind, String module, PlainRange range) {}
}
