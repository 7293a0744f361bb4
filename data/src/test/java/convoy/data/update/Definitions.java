package convoy.data.update;

import convoy.data.vehicle.Powertrain;
import java.util.List;

/** Definitions of which only what a test is about is given. */
final class Definitions {
  private Definitions() {}

  /** For any hardware, over any network, with one image. */
  static UpdateTarget target(String module, String from, String to, String image, int order) {
    return new UpdateTarget(
        module,
        List.of(),
        List.of(),
        List.of(),
        from,
        List.of(),
        to,
        List.of(TargetImage.forAll(image)),
        order);
  }

  /** An update that never downgrades and asks nothing of the vehicle. */
  static UpdateDefinition update(
      String name,
      String version,
      String title,
      List<String> models,
      List<Powertrain> powertrains,
      List<UpdateTarget> targets,
      List<List<String>> groups,
      List<UpdateCondition> conditions) {
    return new UpdateDefinition(
        name,
        version,
        title,
        UpdateCategory.BUG_FIX,
        models,
        powertrains,
        targets,
        groups,
        conditions,
        Downgrades.NEVER,
        WayBack.OPTIONAL,
        Preconditions.NONE,
        TypeApproval.NOT_RELEVANT,
        Support.NONE,
        "");
  }
}
