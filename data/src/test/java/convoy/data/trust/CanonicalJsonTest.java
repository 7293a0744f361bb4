package convoy.data.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalJsonTest {

  static Stream<Arguments> accepted() {
    return Stream.of(
        arguments(Map.of(), "{}"),
        arguments(List.of(), "[]"),
        arguments(Map.of("b", 1, "a", 2, "B", 3), "{\"B\":3,\"a\":2,\"b\":1}"),
        arguments(Map.of("a", 1, "ab", 2, "a.b", 3), "{\"a\":1,\"a.b\":3,\"ab\":2}"),
        arguments(List.of(1, "two", List.of(true, false)), "[1,\"two\",[true,false]]"),
        arguments(Arrays.asList((Object) null), "[null]"),
        arguments("a\"b\\c/d", "\"a\\\"b\\\\c/d\""),
        arguments("grün \u2028 \u0080 \uffff 😀", "\"grün \u2028 \u0080 \uffff 😀\""),
        arguments(9_007_199_254_740_991L, "9007199254740991"),
        arguments(-9_007_199_254_740_991L, "-9007199254740991"),
        // U+FF41 comes before U+1F600, though its UTF-16 code comes after.
        arguments(Map.of("😀", 1, "ａ", 2), "{\"ａ\":2,\"😀\":1}"),
        arguments(Map.of("😀x", 1, "😁", 2, "😀", 3), "{\"😀\":3,\"😀x\":1,\"😁\":2}"));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void givesOneFormForEachValue(Object value, String expected) {
    assertThat(new String(CanonicalJson.encode(value), UTF_8)).isEqualTo(expected);
  }

  static Stream<Arguments> refused() {
    String range = ", expected an integer from -9007199254740991 to 9007199254740991";
    String text = ", expected text without control characters";
    String whole = ", expected a whole number written without '.' and 'e'";
    return Stream.of(
        arguments(Map.of("a", Map.of("b", 1.0)), "a.b: found the number 1.0" + whole),
        arguments(List.of(1, 1e300), "[1]: found the number 1.0E300" + whole),
        arguments(Map.of("n", 1L << 53), "n: found the integer 9007199254740992" + range),
        arguments(Map.of("n", -(1L << 53)), "n: found the integer -9007199254740992" + range),
        arguments(
            Map.of("n", List.of(BigInteger.TEN.pow(20))),
            "n[0]: found the integer 100000000000000000000" + range),
        arguments("a\nb", "document: found the control character U+000A" + text),
        arguments(Map.of("s", "\u0000"), "s: found the control character U+0000" + text),
        arguments(Map.of("s", "x\u007f"), "s: found the control character U+007F" + text),
        arguments(Map.of("a\tb", 1), "a?b: found the control character U+0009" + text),
        arguments(
            Map.of("s", "x\ud83d"),
            "s: found the lone surrogate U+D83D, expected whole Unicode characters"),
        arguments(
            Map.of("s", "\ude00x"),
            "s: found the lone surrogate U+DE00, expected whole Unicode characters"),
        arguments(
            Map.of("s", 'c'),
            "s: found a Character, expected text, a whole number, a list or an object"),
        arguments(Map.of(1, 2), "document: found the key 1, expected keys that are text"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatOtherToolsWouldWriteInAnotherWay(Object value, String message) {
    assertThatThrownBy(() -> CanonicalJson.encode(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void agreesWithAnIndependentEncoderAndWithJq() throws Exception {
    Random random = new Random(20260301);
    List<@Nullable Object> documents = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      documents.add(randomValue(random, 4));
    }
    byte[] encoded = CanonicalJson.encode(documents);
    assertThat(encoded).isEqualTo(IndependentVerifier.canonical(documents).getBytes(UTF_8));

    Commands.assumeInstalled("jq");
    assertThat(Commands.run(encoded, "jq", "-cjS", ".")).isEqualTo(encoded);
  }

  @Test
  void aTemplateWithItsValuesGivesTheBytesOfTheWhole() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      Map<String, @Nullable Object> whole = new HashMap<>();
      Map<String, @Nullable Object> open = new HashMap<>();
      Map<String, @Nullable Object> values = new HashMap<>();
      for (int key = 0; key < 6; key++) {
        String name = randomText(random) + key;
        Object value = randomValue(random, 2);
        boolean known = random.nextBoolean();
        whole.put(name, List.of(Map.of("in", Arrays.asList(value, 1))));
        open.put(
            name,
            List.of(Map.of("in", Arrays.asList(known ? value : new CanonicalJson.Hole(name), 1))));
        values.put(name, value);
      }
      CanonicalJson.Template template = CanonicalJson.template(open);
      assertThat(CanonicalJson.encode(List.of(template.with(values), 2)))
          .isEqualTo(CanonicalJson.encode(List.of(whole, 2)));
    }
  }

  @Test
  void whatATemplateIsGivenIsCheckedAndNamedByItsPlace() {
    CanonicalJson.Template template =
        CanonicalJson.template(Map.of("a", List.of(1, Map.of("b", new CanonicalJson.Hole("x")))));
    assertThatThrownBy(
            () -> CanonicalJson.encode(List.of(template.with(Map.of("x", Map.of("c", 1.5))))))
        .hasMessageStartingWith("[0].a[1].b.c: found the number 1.5");
    assertThatThrownBy(() -> CanonicalJson.encode(template.with(Map.of("y", 1))))
        .hasMessage("no value for 'x'");
  }

  @Test
  void aPlaceThatWasLeftOpenIsNotEncoded() {
    assertThatThrownBy(() -> CanonicalJson.encode(Map.of("a", new CanonicalJson.Hole("x"))))
        .hasMessage("a: found a place for 'x', expected a value");
  }

  private static @Nullable Object randomValue(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt();
      case 3 -> random.nextLong() >> 11;
      case 4 -> randomText(random);
      case 5 -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(randomValue(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, @Nullable Object> map = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
          map.put(randomText(random), randomValue(random, depth - 1));
        }
        yield map;
      }
    };
  }

  /** Mostly short, with characters around every border of UTF-8 and UTF-16. */
  private static String randomText(Random random) {
    int[] points = {' ', '"', '\\', '/', '~', 0x80, 0x9f, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfeff};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      switch (random.nextInt(4)) {
        case 0 -> text.appendCodePoint(points[random.nextInt(points.length)]);
        case 1 -> text.appendCodePoint(0xff00 + random.nextInt(0x100));
        case 2 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
        default -> text.append((char) ('A' + random.nextInt(58)));
      }
    }
    return text.toString();
  }
}
