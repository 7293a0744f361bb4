package convoy.data.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.ModuleCatalog.Module;
import convoy.data.vehicle.Powertrain;
import convoy.data.version.VersionScheme;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateDefinitionTest {
  private static final ModuleCatalog CATALOG =
      new ModuleCatalog(
          List.of(
              new Module("ABS", VersionScheme.SEMVER, List.of("ESP")),
              new Module("ENGINE", VersionScheme.DOTTED, List.of("ECM")),
              new Module("GATEWAY", VersionScheme.SEMVER, List.of())));

  private static UpdateTarget target(String module, String from, String to) {
    return new UpdateTarget(module, List.of(), from, to, "images/a.bin", 1);
  }

  private static UpdateDefinition update(
      String name, List<String> models, UpdateTarget... targets) {
    return new UpdateDefinition(
        name,
        "2.1.0",
        "Brakes",
        UpdateCategory.BUG_FIX,
        models,
        List.of(Powertrain.ELECTRIC),
        List.of(targets),
        "");
  }

  @Test
  void checkedTargetsHaveTheModulesCodeARangeAndAKey() throws Exception {
    UpdateDefinition checked =
        update("brakes", List.of("ASTER"), target("esp", ">=2.0.0 <2.1.0", "2.1.0"))
            .checked(CATALOG);
    UpdateTarget target = checked.targets().get(0);
    assertThat(target).isEqualTo(target("ABS", ">=2.0.0 <2.1.0", "2.1.0"));
    assertThat(target.toKey(CATALOG)).isEqualTo(VersionScheme.SEMVER.key("2.1.0"));
    assertThat(target.range(CATALOG).contains(VersionScheme.SEMVER.key("2.0.7"))).isTrue();
    assertThat(checked.ref()).isEqualTo(new UpdateRef("brakes", "2.1.0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "ABSS; *; 2; module 'ABSS': expected one of the modules in the settings, did you mean 'ABS'?",
        "gatewya; *; 2; module 'gatewya': expected one of the modules in the settings, did you mean 'GATEWAY'?",
        "X; *; 2; module 'X': expected one of the modules in the settings: ABS, ENGINE, GATEWAY",
        "ABS; <2.1; 2.1; to (ABS): '2.1': expected a version such as 2.1.0",
        "ECM; <2.1; 2.1-rc; to (ENGINE): '2.1-rc': expected dotted numbers such as 05.12.00",
        "ABS; <v2; 2.1.0; from (ABS): range '<v2': 'v2': expected a version such as 2.1.0, or a part of one such as 2.1 or 2.x",
        "ECM; ^2; 3; from (ENGINE): range '^2': '^2': '^' has no meaning for dotted numbers: expected a comparison such as >=1.2",
        "ABS; >=2.0.0 <=2.1.0; 2.1.0; to '2.1.0': expected a version outside from '>=2.0.0 <=2.1.0', or the update would be offered for ever",
        "ABS; *; 9.0.0; to '9.0.0': expected a version outside from '*', or the update would be offered for ever",
        "ECM; 05.12 - 05.13; 5.13.0; to '5.13.0': expected a version outside from '05.12 - 05.13', or the update would be offered for ever",
      })
  void aTargetThatTheCatalogueCannotTakeIsRefused(
      String module, String from, String to, String message) {
    UpdateDefinition update = update("brakes", List.of(), target(module, from, to));
    assertThatThrownBy(() -> update.checked(CATALOG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void aTargetMayLeadBackToAnEarlierVersion() {
    UpdateDefinition back = update("brakes", List.of(), target("ABS", ">2.1.0", "2.1.0"));
    assertThat(back.checked(CATALOG)).isEqualTo(back);
  }

  @Test
  void anUpdateHasAtLeastOneTargetAndEachModuleOnce() {
    assertThatThrownBy(() -> update("brakes", List.of()))
        .hasMessage("targets '[]': expected one or more");
    UpdateTarget abs = target("ABS", "<2", "2.0.0");
    assertThatThrownBy(() -> update("brakes", List.of(), abs, abs))
        .hasMessage("targets 'ABS': expected each module once");
    UpdateDefinition twoNames = update("brakes", List.of(), abs, target("ESP", "<2", "2.0.0"));
    assertThatThrownBy(() -> twoNames.checked(CATALOG))
        .hasMessage("targets 'ABS': expected each module once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Brakes", "-brakes", "a b", "a/b", "..", "\u00e4", "a_b"})
  void aNameThatCannotBeAFileNameIsRefused(String name) {
    assertThatThrownBy(() -> update(name, List.of(), target("ABS", "<2", "2.0.0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "update '%s': expected a name of at most 64 lower-case letters, digits and dashes such as abs-brake-hold"
                .formatted(name));
  }

  @Test
  void listsNameNothingTwiceAndNothingBlank() {
    UpdateTarget abs = target("ABS", "<2", "2.0.0");
    assertThatThrownBy(() -> update("brakes", List.of("ASTER", "ASTER"), abs))
        .hasMessage("models 'ASTER': expected each value once");
    assertThatThrownBy(() -> update("brakes", List.of(""), abs))
        .hasMessage("models '': expected text without outer spaces");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "../a.bin",
        "images/../../a",
        "a\\b",
        "C:/a",
        "a//b",
        "a/",
        "."
      })
  void anImageLiesBelowItsDefinition(String image) {
    assertThatThrownBy(() -> new UpdateTarget("ABS", List.of(), "<2", "2.0.0", image, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "image '%s': expected a path below the definition's folder such as images/abs-2.1.0.bin"
                .formatted(image));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.bin", "images/abs-2.1.0.bin", "a/b..c/.d", "a b/\u00e4.bin"})
  void ordinaryImagePathsAreTaken(String image) {
    assertThat(new UpdateTarget("ABS", List.of(), "<2", "2.0.0", image, 1).image())
        .isEqualTo(image);
  }

  @Test
  void aReferenceIsANameAndAVersion() {
    assertThat(UpdateRef.parse("abs-brake-hold 2.1.0"))
        .isEqualTo(new UpdateRef("abs-brake-hold", "2.1.0"))
        .hasToString("abs-brake-hold 2.1.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abs", "abs ", "abs  2.1.0", "abs 2.1.0 x", "Abs 2", "abs /2", " abs 2"})
  void anythingElseIsNoReference(String text) {
    assertThatThrownBy(() -> UpdateRef.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s': expected an update's name and version such as abs-brake-hold 2.1.0"
                .formatted(text));
  }
}
