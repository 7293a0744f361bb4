package convoy.data.vehicle;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.version.VersionScheme;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ListedReleaseRowTest {
  private static final VersionScheme SCHEME = VersionScheme.listed(List.of("MU0512", "MU0612"));
  private static final ExportRowCheck CHECK =
      new ExportRowCheck(
          new ModuleCatalog(List.of(new ModuleCatalog.Module("GATEWAY", SCHEME, List.of()))),
          OwnSettings.defaults(),
          Instant.parse("2026-03-01T12:00:00Z"));

  @Test
  void aListedReleaseIsTakenWithItsPlaceAsKey() throws Exception {
    CheckedRow checked = check("MU0612");
    assertThat(checked.rejections()).isEmpty();
    assertThat(Objects.requireNonNull(checked.ecu()).softwareKey())
        .isEqualTo(SCHEME.key("MU0612"))
        .isGreaterThan(SCHEME.key("MU0512"));
  }

  @Test
  void aVersionThatIsNotListedIsRejectedWithTheNearestRelease() {
    assertThat(check("MU0613").rejections())
        .containsExactly(
            new Finding(
                "SOFTWARE_VERSION",
                "software_version",
                "MU0613",
                "a release that the settings list, did you mean 'MU0612'?"));
  }

  private static CheckedRow check(String version) {
    Map<ExportColumn, String> values = SoundRow.values();
    values.put(ExportColumn.SOFTWARE_VERSION, version);
    return CHECK.check(new ExportRow(ExportKind.FLAT, null, 7, "raw", values));
  }
}
