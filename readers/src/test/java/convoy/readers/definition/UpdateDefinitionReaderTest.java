package convoy.readers.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.update.Downgrades;
import convoy.data.update.Preconditions;
import convoy.data.update.Support;
import convoy.data.update.TargetImage;
import convoy.data.update.TypeApproval;
import convoy.data.update.UpdateCategory;
import convoy.data.update.UpdateDefinition;
import convoy.data.update.UpdateTarget;
import convoy.data.update.WayBack;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.ModuleCatalog.Module;
import convoy.data.vehicle.Powertrain;
import convoy.data.version.VersionScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateDefinitionReaderTest {
  private static final ModuleCatalog CATALOG =
      new ModuleCatalog(
          List.of(
              new Module("ABS", VersionScheme.SEMVER, List.of("ESP")),
              new Module("ENGINE", VersionScheme.DOTTED, List.of("ECM"))));

  private static final String VALID =
      """
      update: abs-brake-hold
      version: 2.10
      title: Brake hold releases late on slopes
      category: SAFETY_RECALL          # a comment
      models: [ASTER, BOREAS]
      powertrains: [ELECTRIC]
      targets:
        - module: ESP
          hardware: [5Q0-614-517-B]
          from: ">=2.0.0 <2.1.0"
          to: 2.1.0
          image: images/abs-2.1.0.bin
        - module: ENGINE
          from: "<05.12"
          to: 05.12
          image: images/engine.bin
      release-notes: |
        Holds on slopes.
        Nothing else changes.
      """;

  @Test
  void readsTheDocumentedFormat(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("abs-brake-hold.yaml");
    Files.writeString(file, VALID);
    assertThat(UpdateDefinitionReader.read(file, CATALOG))
        .isEqualTo(
            new UpdateDefinition(
                "abs-brake-hold",
                "2.10",
                "Brake hold releases late on slopes",
                UpdateCategory.SAFETY_RECALL,
                List.of("ASTER", "BOREAS"),
                List.of(Powertrain.ELECTRIC),
                List.of(
                    target(
                        "ABS",
                        List.of("5Q0-614-517-B"),
                        ">=2.0.0 <2.1.0",
                        "2.1.0",
                        "images/abs-2.1.0.bin",
                        1),
                    target("ENGINE", List.of(), "<05.12", "05.12", "images/engine.bin", 2)),
                List.of(),
                List.of(),
                Downgrades.NEVER,
                WayBack.OPTIONAL,
                Preconditions.NONE,
                TypeApproval.NOT_RELEVANT,
                Support.NONE,
                "Holds on slopes.\nNothing else changes.\n"));
  }

  private static UpdateTarget target(
      String module, List<String> hardware, String from, String to, String image, int order) {
    return new UpdateTarget(
        module,
        hardware,
        List.of(),
        List.of(),
        from,
        List.of(),
        to,
        List.of(TargetImage.forAll(image)),
        order);
  }

  @Test
  void optionalKeysMayBeAbsent() {
    UpdateDefinition update =
        UpdateDefinitionReader.read(
            "u.yaml",
            """
            update: a
            version: 1
            title: t
            category: FEATURE
            targets: [{module: ABS, from: 1.x, to: 2.0.0, image: a.bin}]
            """,
            CATALOG);
    assertThat(update.models()).isEmpty();
    assertThat(update.powertrains()).isEmpty();
    assertThat(update.targets().get(0).hardware()).isEmpty();
    assertThat(update.releaseNotes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "update: abs-brake-hold | update: Abs | 1 column 9: update 'Abs': expected a name of at most 64 lower-case letters, digits and dashes such as abs-brake-hold",
        "version: 2.10 | version: a/b | 2 column 10: version 'a/b': expected a version such as 2.1.0",
        "version: 2.10 | versoin: 2.10 | 2 column 1: unknown key 'versoin', did you mean 'version'?",
        "title: Brake hold releases late on slopes | title: '' | 3 column 8: title '': expected one line of 1 to 200 characters",
        "SAFETY_RECALL | RECALL | 4 column 11: category 'RECALL': expected one of SECURITY, SAFETY_RECALL, BUG_FIX, FEATURE, REGULATORY",
        "[ASTER, BOREAS] | [] | 5 column 9: models '[]': expected one or more; leave the key out for all",
        "[ASTER, BOREAS] | [ASTER, ASTER] | 5 column 9: models 'ASTER': expected each value once",
        "[ELECTRIC] | [STEAM] | 6 column 15: powertrains 'STEAM': expected one of PETROL, DIESEL, HYBRID, PLUG_IN_HYBRID, ELECTRIC, FUEL_CELL, GAS",
        "module: ESP | module: ABSS | 8 column 13: module 'ABSS': expected one of the modules in the settings, did you mean 'ABS'?",
        "module: ENGINE | module: ABS | 15 column 9: to (ABS): '05.12': expected a version such as 2.1.0",
        "hardware: [5Q0-614-517-B] | hardware: [] | 9 column 15: hardware '[]': expected one or more; leave the key out for all",
        "\">=2.0.0 <2.1.0\" | \">=2 <1\" | 10 column 11: from (ABS): range '>=2 <1': '>=2 <1' contains no version: expected a lower bound below the upper one",
        "\">=2.0.0 <2.1.0\" | >=2.0.0 <2.1.0 | 10 column 12: not YAML: expected chomping or indentation indicators, but found =(61) (text that begins with '>' needs quotes)",
        "to: 2.1.0 | to: 2.1 | 11 column 9: to (ABS): '2.1': expected a version such as 2.1.0",
        "to: 2.1.0 | to: 2.0.0 | 10 column 11: from '>=2.0.0 <2.1.0': expected a range with something below 2.0.0, which is where it leads",
        "images/abs-2.1.0.bin | ../abs.bin | 12 column 12: image '../abs.bin': expected a path below the definition's folder such as images/abs-2.1.0.bin",
      })
  void whatIsWrongIsSaidWithItsPlace(String right, String wrong, String message) {
    assertThat(VALID).contains(right);
    assertThatThrownBy(
            () -> UpdateDefinitionReader.read("u.yaml", VALID.replace(right, wrong), CATALOG))
        .isInstanceOf(ConvoyException.class)
        .hasMessage("u.yaml line " + message)
        .extracting(e -> ((ConvoyException) e).code())
        .isEqualTo(ErrorCode.INPUT_REFUSED);
  }

  @Test
  void twoTargetsForOneModuleAndNoTargetAreRefused() {
    String head = "update: a\nversion: 1\ntitle: t\ncategory: FEATURE\n";
    String target = "{module: %s, from: 1.x, to: 2.0.0, image: a.bin}";
    String twice =
        head + "targets: [" + target.formatted("ABS") + ", " + target.formatted("ESP") + "]";
    assertThatThrownBy(() -> UpdateDefinitionReader.read("u.yaml", twice, CATALOG))
        .hasMessage("u.yaml line 5 column 10: targets 'ABS': expected each module once");
    assertThatThrownBy(() -> UpdateDefinitionReader.read("u.yaml", head + "targets: []", CATALOG))
        .hasMessage("u.yaml line 5 column 10: targets '[]': expected one or more");
    assertThatThrownBy(() -> UpdateDefinitionReader.read("u.yaml", head, CATALOG))
        .hasMessage("u.yaml line 1 column 1: key 'targets' is missing: expected a list");
  }
}
