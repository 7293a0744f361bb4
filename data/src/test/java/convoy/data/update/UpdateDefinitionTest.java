package convoy.data.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.ModuleCatalog.Module;
import convoy.data.vehicle.Powertrain;
import convoy.data.version.VersionScheme;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    return target(module, from, to, 1);
  }

  private static UpdateTarget target(String module, String from, String to, int order) {
    return new UpdateTarget(
        module,
        List.of(),
        List.of(),
        List.of(),
        from,
        List.of(),
        to,
        List.of(TargetImage.forAll("images/a.bin")),
        order);
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
        List.of(),
        List.of(),
        Downgrades.NEVER,
        WayBack.OPTIONAL,
        Preconditions.NONE,
        TypeApproval.NOT_RELEVANT,
        Support.NONE,
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
        "ABS; >=2.1.0 <3; 2.1.0; from '>=2.1.0 <3': expected a range with something below 2.1.0, which is where it leads",
        "ABS; >2.1.0; 2.1.0; from '>2.1.0': expected a range with something below 2.1.0, which is where it leads",
        "ECM; 05.13 - 05.14; 5.13.0; from '05.13 - 05.14': expected a range with something below 5.13.0, which is where it leads",
        "ECM; *; 0; from '*': expected a range with something below 0, which is where it leads",
      })
  void aTargetThatTheCatalogueCannotTakeIsRefused(
      String module, String from, String to, String message) {
    UpdateDefinition update = update("brakes", List.of(), target(module, from, to));
    assertThatThrownBy(() -> update.checked(CATALOG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  /** A vehicle that is there already needs nothing, so the update is not offered for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"*", ">=2.0.0 <=2.1.0", "<2.0.0 || 2.1.0"})
  void aTargetMayLeadIntoItsOwnRange(String from) {
    UpdateDefinition update = update("brakes", List.of(), target("ABS", from, "2.1.0"));
    assertThat(update.checked(CATALOG)).isEqualTo(update);
  }

  @Test
  void aTargetMayLeadBackToAnEarlierVersionWhereThatIsAllowed() {
    UpdateTarget back = target("ABS", ">2.1.0", "2.1.0");
    assertThat(back.checked(CATALOG, Downgrades.ALLOWED)).isEqualTo(back);
    assertThatThrownBy(() -> target("ABS", "2.1.0", "2.1.0").checked(CATALOG, Downgrades.ALLOWED))
        .hasMessage(
            "from '2.1.0': expected a range with something else than 2.1.0, which is where it leads");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "2.0.3, 2.0.7; NEVER; none",
        "2.2.0; ALLOWED; none",
        "2.0; NEVER; starting-versions (ABS): '2.0': expected a version such as 2.1.0",
        "1.9.0; NEVER; starting-versions '1.9.0': expected a version in from '>=2.0.0'",
        "2.1.0; NEVER; starting-versions '2.1.0': expected a version below 2.1.0, since allow-downgrade is not true",
        "2.2.0; NEVER; starting-versions '2.2.0': expected a version below 2.1.0, since allow-downgrade is not true",
        "2.1.0; ALLOWED; starting-versions '2.1.0': expected another version than 2.1.0",
      })
  void startingVersionsAreSingleVersionsThatCanLeadToTheNewOne(
      String versions, Downgrades downgrades, String message) {
    UpdateTarget target = starting(">=2.0.0", versions.split(", "));
    if (message.equals("none")) {
      assertThat(target.checked(CATALOG, downgrades)).isEqualTo(target);
    } else {
      assertThatThrownBy(() -> target.checked(CATALOG, downgrades)).hasMessage(message);
    }
  }

  @Test
  void startingVersionsAloneAreTheRange() throws Exception {
    UpdateTarget target = starting(null, "2.0.3", "2.0.7").checked(CATALOG, Downgrades.NEVER);
    assertThat(target.fromText()).isEqualTo("2.0.3 || 2.0.7");
    assertThat(target.range(CATALOG).contains(VersionScheme.SEMVER.key("2.0.7"))).isTrue();
    assertThat(target.range(CATALOG).contains(VersionScheme.SEMVER.key("2.0.5"))).isFalse();
    assertThatThrownBy(() -> starting(null))
        .hasMessage("from '': expected a range of versions, or 'starting-versions'");
  }

  private static UpdateTarget starting(@Nullable String from, String... versions) {
    return new UpdateTarget(
        "ABS",
        List.of(),
        List.of(),
        List.of(),
        from,
        List.of(versions),
        "2.1.0",
        List.of(TargetImage.forAll("a.bin")),
        1);
  }

  @Test
  void eachHardwarePartHasOneImage() {
    assertThatThrownBy(() -> images(new TargetImage(List.of("A"), "a.bin")))
        .hasMessage("images '[B]': expected an image for each of the target's hardware");
    assertThatThrownBy(
            () ->
                images(
                    new TargetImage(List.of("A", "B"), "a.bin"),
                    new TargetImage(List.of("B"), "b.bin")))
        .hasMessage("images 'B': expected one image for each hardware part");
    assertThatThrownBy(() -> images(new TargetImage(List.of("A", "C"), "a.bin")))
        .hasMessage("images 'C': expected one of the target's hardware [A, B]");
    assertThatThrownBy(() -> images(TargetImage.forAll("a.bin"), TargetImage.forAll("b.bin")))
        .hasMessage(
            "images 'a.bin': expected the 'hardware' that gets it; an image for all is written as 'image'");
    assertThat(
            images(new TargetImage(List.of("B"), "b.bin"), new TargetImage(List.of("A"), "a.bin"))
                .images())
        .hasSize(2);
  }

  private static UpdateTarget images(TargetImage... images) {
    return new UpdateTarget(
        "ABS",
        List.of("A", "B"),
        List.of(),
        List.of(),
        "<2",
        List.of(),
        "2.0.0",
        List.of(images),
        1);
  }

  @Test
  void targetsAreInTheOrderOfInstallationAndNoTwoShareAPlace() {
    UpdateTarget abs = target("ABS", "<2", "2.0.0", 7);
    UpdateTarget gateway = target("GATEWAY", "<2", "2.0.0", 3);
    assertThat(update("brakes", List.of(), abs, gateway).targets()).containsExactly(gateway, abs);
    UpdateTarget same = target("GATEWAY", "<2", "2.0.0", 7);
    assertThatThrownBy(() -> update("brakes", List.of(), abs, same))
        .hasMessage(
            "targets 'GATEWAY': expected another install-order than 7, which is that of ABS");
  }

  @Test
  void anUpdateHasAtLeastOneTargetAndEachModuleOnce() {
    assertThatThrownBy(() -> update("brakes", List.of()))
        .hasMessage("targets '[]': expected one or more");
    UpdateTarget abs = target("ABS", "<2", "2.0.0");
    assertThatThrownBy(() -> update("brakes", List.of(), abs, abs))
        .hasMessage("targets 'ABS': expected each module once");
    UpdateDefinition twoNames = update("brakes", List.of(), abs, target("ESP", "<2", "2.0.0", 2));
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
    assertThatThrownBy(() -> TargetImage.forAll(image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "image '%s': expected a path below the definition's folder such as images/abs-2.1.0.bin"
                .formatted(image));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.bin", "images/abs-2.1.0.bin", "a/b..c/.d", "a b/\u00e4.bin"})
  void ordinaryImagePathsAreTaken(String image) {
    assertThat(TargetImage.forAll(image).path()).isEqualTo(image);
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
