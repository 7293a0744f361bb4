package convoy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictYamlTest {
  enum Colour {
    RED,
    DARK_BLUE
  }

  record Retry(int attempts, Duration backoff) {
    Retry {
      if (attempts < 1) {
        throw new IllegalArgumentException("attempts %d: expected 1 or more".formatted(attempts));
      }
      if (backoff.isZero()) {
        throw new IllegalArgumentException("a retry at once is no retry");
      }
    }
  }

  record Doc(
      String version,
      @Nullable Colour colour,
      @Nullable Retry retry,
      @Nullable List<Located<Retry>> moreRetries,
      @Nullable Map<String, Long> counts,
      @Nullable Boolean urgent,
      @Nullable ZoneId zone,
      @Nullable DataSize size) {}

  @Test
  void readsEveryKindOfValueAndKeepsTextAsWritten() {
    Doc doc =
        StrictYaml.read(
            "doc.yaml",
            """
            version: 2.10
            colour: DARK_BLUE
            retry: {attempts: 3, backoff: PT12H}
            more-retries:
              - attempts: 1
                backoff: PT1S
            counts: {a: 1, b: 5000000000}
            urgent: true
            zone: Europe/Berlin
            size: 512MiB
            """,
            Doc.class);
    assertThat(doc.version()).isEqualTo("2.10");
    assertThat(doc.colour()).isEqualTo(Colour.DARK_BLUE);
    assertThat(doc.retry()).isEqualTo(new Retry(3, Duration.ofHours(12)));
    assertThat(doc.moreRetries())
        .extracting(l -> l.at().toString() + " " + l.value())
        .containsExactly("doc.yaml line 5 column 5 " + new Retry(1, Duration.ofSeconds(1)));
    assertThat(doc.counts()).isEqualTo(Map.of("a", 1L, "b", 5_000_000_000L));
    assertThat(doc.urgent()).isTrue();
    assertThat(doc.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(doc.size()).isEqualTo(new DataSize(512L * 1024 * 1024));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "no | no",
        "0123 | 0123",
        "1e3 | 1e3",
        "2026-11-01 | 2026-11-01",
        "'~' | ~",
        "\"\" | ",
      })
  void textIsNeverTakenForAnotherType(String written, @Nullable String expected) {
    Doc doc = StrictYaml.read("doc.yaml", "version: " + written, Doc.class);
    assertThat(doc.version()).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void absentNullableKeysAreNull() {
    Doc doc = StrictYaml.read("doc.yaml", "version: 1", Doc.class);
    assertThat(doc).isEqualTo(new Doc("1", null, null, null, null, null, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "version: 1\\nretries: 2 | line 2 column 1: unknown key 'retries', did you mean 'retry'?",
        "version: 1\\nxyz: 2 | line 2 column 1: unknown key 'xyz': expected one of version, colour, retry, more-retries, counts, urgent, zone, size",
        "colour: RED | line 1 column 1: key 'version' is missing: expected text",
        "version: 1\\nretry:\\n  backoff: PT1H | line 3 column 3: key 'attempts' is missing: expected a whole number",
        "version: 1\\nversion: 2 | line 2 column 1: key 'version' is written twice, first in line 1",
        "version: [1] | line 1 column 10: version is a list: expected text",
        "version: {a: 1} | line 1 column 10: version is a mapping: expected text",
        "version: | line 1 column 9: version has no value: expected text",
        "version: 1\\nretry: 3 | line 2 column 8: retry '3': expected a mapping",
        "version: 1\\nmore-retries: x | line 2 column 15: more-retries 'x': expected a list",
        "version: 1\\ncounts: [] | line 2 column 9: counts is a list: expected a mapping",
        "version: 1\\ncounts: {a: 1.5} | line 2 column 13: a '1.5': expected a whole number",
        "version: 1\\nretry: {attempts: three, backoff: PT1H} | line 2 column 19: attempts 'three': expected a whole number",
        "version: 1\\nretry: {attempts: 3000000000, backoff: PT1H} | line 2 column 19: attempts '3000000000': expected a whole number",
        "version: 1\\nretry: {attempts: 3, backoff: 12h} | line 2 column 31: backoff '12h': expected a duration such as PT10M or P7D",
        "version: 1\\nretry: {backoff: PT1H, attempts: 0} | line 2 column 34: attempts 0: expected 1 or more",
        "version: 1\\nretry: {attempts: 3, backoff: PT0S} | line 2 column 8: a retry at once is no retry",
        "version: 1\\nmore-retries: [{attempts: 1, backoff: PT1H}, {attempts: -1, backoff: PT1H}] | line 2 column 57: attempts -1: expected 1 or more",
        "version: 1\\ncolour: red | line 2 column 9: colour 'red': expected one of RED, DARK_BLUE",
        "version: 1\\nurgent: yes | line 2 column 9: urgent 'yes': expected true or false",
        "version: 1\\nzone: Europe/Berlim | line 2 column 7: zone 'Europe/Berlim': expected a time zone such as Europe/Berlin",
        "version: 1\\nsize: 4 G | line 2 column 7: size '4 G': expected a size such as 4GB or 512MiB",
        "version: >=2.0.0 <2.1.0 | line 1 column 11: not YAML: expected chomping or indentation indicators, but found =(61) (text that begins with '>' needs quotes)",
        "version: 1\\n  colour: RED | line 2 column 9: not YAML: mapping values are not allowed here",
        "version: [1 | line 1 column 12: not YAML: expected ',' or ']', but got <stream end>",
        "? [a]\\n: b | line 1 column 4: not YAML: Expected a property name (Scalar value in YAML), got this instead: +SEQ []",
        "version: &v 1\\nzone: *v | line 2 column 7: alias '*v': expected the value itself",
        "version: 1\\n---\\nversion: 2 | line 3 column 1: a second document begins: expected one document a file",
        "hello | line 1 column 1: the file 'hello': expected a mapping",
        "- 1 | line 1 column 1: the file is a list: expected a mapping",
      })
  void whatIsWrongIsSaidWithItsPlace(String yaml, String message) {
    assertThatThrownBy(() -> StrictYaml.read("doc.yaml", yaml.replace("\\n", "\n"), Doc.class))
        .isInstanceOf(YamlException.class)
        .hasMessage("doc.yaml " + message);
  }

  @Test
  void anAliasBombIsRefusedAtItsFirstAlias() {
    StringBuilder bomb =
        new StringBuilder("version: 1\ncounts:\n  a: &a [x, x, x, x, x, x, x, x]\n");
    for (char c = 'b'; c <= 'z'; c++) {
      String items = ("*" + (char) (c - 1) + ", ").repeat(8);
      bomb.append("  %s: &%s [%s]\n".formatted(c, c, items.substring(0, items.length() - 2)));
    }
    assertThatThrownBy(() -> StrictYaml.read("doc.yaml", bomb.toString(), Doc.class))
        .isInstanceOf(YamlException.class)
        .hasMessage("doc.yaml line 4 column 10: alias '*a': expected the value itself");
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(
            () -> StrictYaml.read("doc.yaml", "version: " + "[".repeat(100_000), Doc.class))
        .isInstanceOf(YamlException.class)
        .hasMessageStartingWith("doc.yaml line 1 column ");
  }

  @ParameterizedTest
  @CsvSource({"''", "# only a comment"})
  void anEmptyFileIsRefused(String text) {
    assertThatThrownBy(() -> StrictYaml.read("doc.yaml", text, Doc.class))
        .isInstanceOf(YamlException.class)
        .hasMessage("doc.yaml: the file is empty: expected YAML keys");
  }

  @Test
  void filesThatCannotBeReadAreRefusedByName(@TempDir Path folder) throws Exception {
    Path absent = folder.resolve("absent.yaml");
    assertThatThrownBy(() -> StrictYaml.read(absent, Doc.class))
        .isInstanceOf(YamlException.class)
        .hasMessage("absent.yaml: no such file");

    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "version: 1\ncolour: r\u00f6t".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> StrictYaml.read(latin, Doc.class))
        .isInstanceOf(YamlException.class)
        .hasMessage("latin.yaml line 2 column 10: byte 0xF6: expected UTF-8 text");

    Path large = folder.resolve("large.yaml");
    Files.writeString(large, "#".repeat(1_000_001));
    assertThatThrownBy(() -> StrictYaml.read(large, Doc.class))
        .isInstanceOf(YamlException.class)
        .hasMessage("large.yaml: 1000001 bytes: expected at most 1000000");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("bom.yaml");
    Files.writeString(file, "\uFEFFversion: \u00e9");
    assertThat(StrictYaml.read(file, Doc.class).version()).isEqualTo("\u00e9");
  }
}
