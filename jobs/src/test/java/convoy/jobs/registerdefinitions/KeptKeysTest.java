package convoy.jobs.registerdefinitions;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.update.UpdateDefinition;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.ModuleCatalog.Module;
import convoy.data.version.VersionScheme;
import convoy.jobs.images.Image;
import convoy.readers.definition.UpdateDefinitionReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An update of M from MU06 to MU07 that requires N from A2 on, and settings that change. */
class KeptKeysTest {
  private static final String YAML =
      """
      update: u
      version: 1
      title: T
      category: BUG_FIX
      targets: [{module: M, from: <MU07, to: MU07, image: m.bin}]
      requires: [N >=2.0.0]
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "MU05 MU06 MU07; SEMVER; none",
        "MU05 MU06 MU07 MU08; SEMVER; none",
        "MU05 MU05a MU06 MU07; SEMVER; module M under scheme LISTED, and the settings now order its versions otherwise (scheme LISTED)",
        "MU07 MU06 MU05; SEMVER; module M under scheme LISTED, and the settings now order its versions otherwise (scheme LISTED)",
        "MU06 MU07; SEMVER; module M under scheme LISTED, and the settings now order its versions otherwise (scheme LISTED)",
        "MU05 MU06; SEMVER; module M under scheme LISTED, and the settings now order its versions otherwise (scheme LISTED)",
        "MU05 MU06 MU07; DOTTED; module N under scheme SEMVER, and the settings now order its versions otherwise (scheme DOTTED)",
      })
  void settingsThatOrderVersionsOtherwiseAreNamed(String releases, String scheme, String expected) {
    ModuleCatalog then = catalog("MU05 MU06 MU07", "SEMVER");
    UpdateDefinition update = UpdateDefinitionReader.read("u.yaml", YAML, then);
    String definition =
        new UpdateContent(then).of(update, image -> new Image("m.bin", 1, "aa", "bb"), module -> 1);

    String problem = KeptKeys.problem(definition, catalog(releases, scheme)).orElse("none");

    assertThat(problem)
        .isEqualTo(
            expected.equals("none")
                ? "none"
                : "update u 1 was registered with "
                    + expected
                    + ": expected the settings as they were, or a new version of the update");
  }

  private static ModuleCatalog catalog(String releases, String scheme) {
    return new ModuleCatalog(
        List.of(
            new Module("M", VersionScheme.listed(Arrays.asList(releases.split(" "))), List.of()),
            new Module("N", VersionScheme.of(scheme, List.of()), List.of())));
  }
}
