package convoy.readers.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.update.Battery;
import convoy.data.update.Downgrades;
import convoy.data.update.Preconditions;
import convoy.data.update.TargetImage;
import convoy.data.update.TypeApproval;
import convoy.data.update.UpdateDefinition;
import convoy.data.update.UpdateTarget;
import convoy.data.update.WayBack;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.ModuleCatalog.Module;
import convoy.data.vehicle.Protocol;
import convoy.data.version.VersionScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The update with every key that docs/formats/definitions.md shows. */
class DocumentedUpdateTest {
  private static final ModuleCatalog CATALOG =
      new ModuleCatalog(
          Stream.of("GATEWAY", "INFOTAINMENT", "TELEMATICS", "CAMERA")
              .map(code -> new Module(code, VersionScheme.SEMVER, List.of()))
              .toList());

  private static String example() throws IOException {
    String page = Files.readString(Path.of("../docs/formats/definitions.md"));
    int start = page.indexOf("```yaml\nupdate: ") + "```yaml\n".length();
    return page.substring(start, page.indexOf("```", start));
  }

  @Test
  void everyKeyIsRead() throws IOException {
    UpdateDefinition update = UpdateDefinitionReader.read("u.yaml", example(), CATALOG);
    UpdateTarget gateway = update.targets().get(0);
    UpdateTarget media = update.targets().get(1);
    assertThat(gateway.hardwareVersions()).containsExactly("H11", "H14");
    assertThat(gateway.protocols()).containsExactly(Protocol.CAN_FD);
    assertThat(media.protocols()).containsExactly(Protocol.CAN_FD, Protocol.ETHERNET);
    assertThat(media.fromText()).isEqualTo("5.3.1 || 5.4.2");
    assertThat(media.images())
        .containsExactly(
            new TargetImage(List.of("3G0-035-820-B"), "images/infotainment-5.5.0-b.bin"),
            new TargetImage(List.of("3G0-035-820-C"), "images/infotainment-5.5.0-c.bin"));
    assertThat(update.groups()).containsExactly(List.of("GATEWAY", "INFOTAINMENT"));
    assertThat(update.conditions().stream().map(c -> c.kind().key() + " " + c))
        .containsExactly(
            "requires TELEMATICS >=2.4.0",
            "conflicts CAMERA 1.3.0-rc.2",
            "conflicts INFOTAINMENT 5.4.0 || 5.4.1");
    assertThat(update.downgrades()).isEqualTo(Downgrades.NEVER);
    assertThat(update.wayBack()).isEqualTo(WayBack.REQUIRED);
    assertThat(update.preconditions())
        .isEqualTo(new Preconditions(true, new Battery(50), Duration.ofMinutes(35)));
    assertThat(update.typeApproval()).isEqualTo(new TypeApproval(true, List.of("R155-GW-33")));
    assertThat(update.support().url()).isEqualTo("https://support.example/infotainment-5.5.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '\0',
      value = {
        "install-order: 1# install-order: 2# 9 column 3: targets 'INFOTAINMENT': expected another install-order than 2, which is that of GATEWAY",
        "install-order: 1# install-order: 0# 15 column 20: install-order '0': expected 1 or more",
        "install-order: 1# install-order: first# 15 column 20: install-order 'first': expected a whole number",
        "install-order: 1# instal-order: 1# 15 column 5: unknown key 'instal-order', did you mean 'install-order'?",
        "protocols: [CAN_FD, ETHERNET]# protocols: [CAN, WIFI]# 7 column 18: protocols 'WIFI': expected one of CAN, CAN_FD, LIN, FLEXRAY, MOST, ETHERNET",
        "[5.3.1, 5.4.2]# [5.3.1, 5.2.0]# 19 column 24: starting-versions '5.2.0': expected a version in from '>=5.3.0 <5.5.0'",
        "      - hardware: [3G0-035-820-B]#       - hardware: [X]# 22 column 7: images 'X': expected one of the target's hardware [3G0-035-820-B, 3G0-035-820-C]",
        "- [GATEWAY, INFOTAINMENT]# - [GATEWAY, CGW]# 28 column 3: groups 'CGW': expected one of the modules in the settings: CAMERA, GATEWAY, INFOTAINMENT, TELEMATICS",
        "TELEMATICS >=2.4.0# TELEMATIX >=2.4.0# 30 column 3: requires 'TELEMATIX': expected one of the modules in the settings, did you mean 'TELEMATICS'?",
        "TELEMATICS >=2.4.0# GATEWAY >=2.4.0# 30 column 3: requires 'GATEWAY >=2.4.0': expected a module that the update does not change itself: 'from' says what it starts from",
        "INFOTAINMENT 5.4.0 || 5.4.1# INFOTAINMENT >=5.4# 32 column 3: conflicts 'INFOTAINMENT >=5.4': expected a range without 5.5.0, which the update itself installs",
        "way-back-required: true# way-back-required: yes# 35 column 20: way-back-required 'yes': expected true or false",
        "battery: 50%# battery: 0%# 38 column 12: battery '0%': expected whole percents from 1% to 100% such as 50%",
        "duration: PT35M# duration: PT0S# 39 column 13: duration 'PT0S': expected one second or more, in whole seconds",
        "rxswins: [R155-GW-33]# rxswins: []# 42 column 12: rxswins '[]': expected one or more, since the update is relevant to the type approval",
        "rxswins: [R155-GW-33]# rxswins: ['a_b?']# 42 column 12: rxswins 'a_b?': expected 1 to 50 letters, digits, spaces and . - _ /",
        "relevant: true# relevant: false# 42 column 12: rxswins '[R155-GW-33]': expected none, since the update is not relevant to the type approval",
        "https://support# ftp://support# 45 column 8: url 'ftp://support.example/infotainment-5.5.0': expected an address such as https://support.example/update",
      })
  void whatIsWrongIsSaidWithItsPlace(String right, String wrong, String message)
      throws IOException {
    assertThat(example()).contains(right);
    String text = example().replaceFirst(Pattern.quote(right), wrong);
    assertThatThrownBy(() -> UpdateDefinitionReader.read("u.yaml", text, CATALOG))
        .hasMessage("u.yaml line " + message);
  }

  @Test
  void aTargetHasOneImageOrSeveral() throws IOException {
    String both = example().replace("    images:\n", "    image: a.bin\n    images:\n");
    assertThatThrownBy(() -> UpdateDefinitionReader.read("u.yaml", both, CATALOG))
        .hasMessage(
            "u.yaml line 16 column 5: target 'INFOTAINMENT': expected either 'image' or 'images'");
    String none = example().replace("    image: images/gateway-3.3.0.bin\n", "");
    assertThatThrownBy(() -> UpdateDefinitionReader.read("u.yaml", none, CATALOG))
        .hasMessage(
            "u.yaml line 9 column 5: target 'GATEWAY': expected either 'image' or 'images'");
  }
}
