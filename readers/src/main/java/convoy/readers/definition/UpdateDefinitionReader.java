package convoy.readers.definition;

import static convoy.readers.definition.Definitions.allIfAbsent;

import convoy.config.Located;
import convoy.config.StrictYaml;
import convoy.data.update.Downgrades;
import convoy.data.update.Preconditions;
import convoy.data.update.Support;
import convoy.data.update.TargetImage;
import convoy.data.update.TypeApproval;
import convoy.data.update.UpdateCategory;
import convoy.data.update.UpdateCondition;
import convoy.data.update.UpdateCondition.Kind;
import convoy.data.update.UpdateDefinition;
import convoy.data.update.UpdateTarget;
import convoy.data.update.WayBack;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.Protocol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an update definition. Modules may be written by any name in the catalogue and come out as
 * codes; a target without an install order has its place in the list. Images are not looked at.
 */
public final class UpdateDefinitionReader {
  private record UpdateFile(
      String update,
      String version,
      String title,
      UpdateCategory category,
      @Nullable List<String> models,
      @Nullable List<Powertrain> powertrains,
      @Nullable List<Protocol> protocols,
      List<Located<TargetFile>> targets,
      @Nullable List<List<String>> groups,
      @Nullable List<String> requires,
      @Nullable List<String> conflicts,
      @Nullable Boolean allowDowngrade,
      @Nullable Boolean wayBackRequired,
      @Nullable Preconditions preconditions,
      @Nullable Located<TypeApprovalFile> typeApproval,
      @Nullable Support support,
      @Nullable String releaseNotes) {}

  private record TargetFile(
      String module,
      @Nullable List<String> hardware,
      @Nullable List<String> hardwareVersions,
      @Nullable List<Protocol> protocols,
      @Nullable String from,
      @Nullable List<String> startingVersions,
      String to,
      @Nullable String image,
      @Nullable List<Located<ImageFile>> images,
      @Nullable Integer installOrder) {}

  private record ImageFile(List<String> hardware, String image) {}

  private record TypeApprovalFile(boolean relevant, @Nullable List<String> rxswins) {}

  private UpdateDefinitionReader() {}

  /**
   * Reads one file.
   *
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED, with file, line and column, when it is
   *     not a definition or a rule of {@link UpdateDefinition#checked} does not hold
   */
  public static UpdateDefinition read(Path yaml, ModuleCatalog catalog) {
    return Definitions.refusingInput(
        () -> definition(StrictYaml.readLocated(yaml, UpdateFile.class), catalog));
  }

  /**
   * Reads text that is already in memory; {@code file} is its name in messages.
   *
   * @throws convoy.data.error.ConvoyException as {@link #read(Path, ModuleCatalog)} does
   */
  public static UpdateDefinition read(String file, String text, ModuleCatalog catalog) {
    return Definitions.refusingInput(
        () -> definition(StrictYaml.readLocated(file, text, UpdateFile.class), catalog));
  }

  private static UpdateDefinition definition(Located<UpdateFile> root, ModuleCatalog catalog) {
    Downgrades downgrades = downgrades(root.value());
    List<UpdateTarget> targets = new ArrayList<>();
    for (Located<TargetFile> target : root.value().targets()) {
      int place = targets.size() + 1;
      List<TargetImage> images = images(target);
      targets.add(
          Definitions.make(
              target, t -> target(t, images, root.value(), place).checked(catalog, downgrades)));
    }
    Located<TypeApprovalFile> approval = root.value().typeApproval();
    TypeApproval typeApproval =
        approval == null
            ? TypeApproval.NOT_RELEVANT
            : Definitions.make(approval, a -> new TypeApproval(a.relevant(), orNone(a.rxswins())));
    return Definitions.make(
        root,
        u ->
            new UpdateDefinition(
                    u.update(),
                    u.version(),
                    u.title(),
                    u.category(),
                    allIfAbsent("models", u.models()),
                    allIfAbsent("powertrains", u.powertrains()),
                    targets,
                    orNone(u.groups()),
                    conditions(u),
                    downgrades,
                    Boolean.TRUE.equals(u.wayBackRequired()) ? WayBack.REQUIRED : WayBack.OPTIONAL,
                    u.preconditions() == null ? Preconditions.NONE : u.preconditions(),
                    typeApproval,
                    u.support() == null ? Support.NONE : u.support(),
                    u.releaseNotes() == null ? "" : u.releaseNotes())
                .checked(catalog));
  }

  private static Downgrades downgrades(UpdateFile update) {
    return Boolean.TRUE.equals(update.allowDowngrade()) ? Downgrades.ALLOWED : Downgrades.NEVER;
  }

  private static UpdateTarget target(
      TargetFile t, List<TargetImage> images, UpdateFile update, int place) {
    List<Protocol> ofUpdate = allIfAbsent("protocols", update.protocols());
    return new UpdateTarget(
        t.module(),
        allIfAbsent("hardware", t.hardware()),
        allIfAbsent("hardware-versions", t.hardwareVersions()),
        t.protocols() == null ? ofUpdate : allIfAbsent("protocols", t.protocols()),
        t.from(),
        orNone(t.startingVersions()),
        t.to(),
        images,
        t.installOrder() == null ? place : t.installOrder());
  }

  private static List<TargetImage> images(Located<TargetFile> target) {
    List<Located<ImageFile>> files = target.value().images();
    String single = target.value().image();
    return Definitions.make(
        target,
        t -> {
          if ((single == null) == (files == null)) {
            throw new IllegalArgumentException(
                "target '%s': expected either 'image' or 'images'".formatted(t.module()));
          }
          if (files == null) {
            return List.of(TargetImage.forAll(String.valueOf(single)));
          }
          return files.stream()
              .map(file -> Definitions.make(file, f -> new TargetImage(f.hardware(), f.image())))
              .toList();
        });
  }

  private static List<UpdateCondition> conditions(UpdateFile update) {
    List<UpdateCondition> conditions = new ArrayList<>();
    orNone(update.requires())
        .forEach(text -> conditions.add(UpdateCondition.parse(Kind.REQUIRES, text)));
    orNone(update.conflicts())
        .forEach(text -> conditions.add(UpdateCondition.parse(Kind.CONFLICTS, text)));
    return conditions;
  }

  private static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
