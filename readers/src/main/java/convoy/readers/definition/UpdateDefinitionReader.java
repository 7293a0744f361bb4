package convoy.readers.definition;

import static convoy.readers.definition.Definitions.allIfAbsent;

import convoy.config.Located;
import convoy.config.StrictYaml;
import convoy.data.update.UpdateCategory;
import convoy.data.update.UpdateDefinition;
import convoy.data.update.UpdateTarget;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.Powertrain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an update definition. Modules may be written by any name in the catalogue and come out as
 * codes; the order of the targets is the order of installation. Images are not looked at.
 */
public final class UpdateDefinitionReader {
  private record UpdateFile(
      String update,
      String version,
      String title,
      UpdateCategory category,
      @Nullable List<String> models,
      @Nullable List<Powertrain> powertrains,
      List<Located<TargetFile>> targets,
      @Nullable String releaseNotes) {}

  private record TargetFile(
      String module, @Nullable List<String> hardware, String from, String to, String image) {}

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
    List<UpdateTarget> targets = new ArrayList<>();
    for (Located<TargetFile> target : root.value().targets()) {
      int order = targets.size() + 1;
      targets.add(Definitions.make(target, t -> target(t, order, catalog)));
    }
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
                u.releaseNotes() == null ? "" : u.releaseNotes()));
  }

  private static UpdateTarget target(TargetFile t, int order, ModuleCatalog catalog) {
    List<String> hardware = allIfAbsent("hardware", t.hardware());
    return new UpdateTarget(t.module(), hardware, t.from(), t.to(), t.image(), order)
        .checked(catalog);
  }
}
