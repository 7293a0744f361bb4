package convoy.readers.export;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.error.ConvoyException;
import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.UndecodedBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Odd and hostile texts, in the spirit of csv-spectrum, csv-test-data, the tests of Commons CSV and
 * RFC 4180: what each is read as. A row is shown as {@code line:serial}, or {@code line!RULE found}
 * when its cells cannot be told apart; the serial is the third of eight cells.
 */
class HostileTextTest {
  private static final String HEADER = Exports.ECUS;
  private static final Pattern BYTES = Pattern.compile("<([0-9A-F]{2}(?: [0-9A-F]{2})*)>");
  private static final int LONGEST = 1 << 20;

  @TempDir Path folder;

  static Stream<Arguments> texts() {
    return Stream.of(
        // Quotes.
        odd("a comma in quotes", row("\"a,b\""), "2:a,b"),
        odd("quotes doubled in quotes", row("\"a \"\"b\"\" c\""), "2:a \"b\" c"),
        odd("an empty cell in quotes", row("\"\""), "2:"),
        odd("quotes in the middle of a cell", row("a\"b\"c"), "2:a\"b\"c"),
        odd("a quote as a unit", row("7\"") + row("x"), "2:7\"", "3:x"),
        odd("a backslash before a quote", row("a\\\"b"), "2:a\\\"b"),
        odd("JSON in quotes", row("\"{\"\"a\"\": \"\"b,c\"\"}\""), "2:{\"a\": \"b,c\"}"),
        odd("text before a quote", row("a\"b") + row("x"), "2:a\"b", "3:x"),
        odd("blanks before a quote", row(" \"a\" ") + row("x"), "2:\"a\"", "3:x"),
        odd("blanks after a quote", row("\"a\" \t") + row("x"), "2:a", "3:x"),
        odd(
            "text after a quote",
            row("\"a\"b") + row("x"),
            "2!QUOTES text follows a closing quote",
            "3:x"),
        odd(
            "a quote that is open at the end",
            row("x") + row("\"a"),
            "2:x",
            "3!QUOTES a quote is opened and not closed"),
        odd(
            "a quote alone at the end",
            row("x") + "\"",
            "2:x",
            "3!QUOTES a quote is opened and not closed"),
        // Line ends.
        odd(
            "lone CR",
            row("a").replace('\n', '\r') + "\r" + row("b").replace('\n', '\r'),
            "2:a",
            "4:b"),
        odd(
            "CR, LF and CRLF mixed, in quotes too",
            row("a").replace("\n", "\r")
                + row("\"b\r\nc\rd\ne\"").replaceFirst("t\n", "t\r\n")
                + row("f"),
            "2:a",
            "3:b\r\nc\rd\ne",
            "7:f"),
        odd("LF CR", row("a") + "\r" + row("b"), "2:a", "4:b"),
        odd("no line end at the end", row("a").strip(), "2:a"),
        odd(
            "empty lines",
            "\n\n" + row("a") + "\n \t \n,,,,,,,\n" + row("b") + "\n\n",
            "4:a",
            "8:b"),
        odd(
            "U+2028 and U+0085 end no line",
            row("a\u2028b") + row("c\u0085d"),
            "2:a\u2028b",
            "3:c\u0085d"),
        odd("a form feed", row("a") + "\f\n" + row("\fb\f") + row("c\fd"), "2:a", "4:b", "5:c\fd"),
        odd("Ctrl-Z at the end, as DOS has it", row("a") + "\u001A", "2:a"),
        // Columns.
        odd("a trailing delimiter", row("a").replace("\n", ",\n"), "2!COLUMN_COUNT 9 columns"),
        odd("one cell only", "x\n" + row("a"), "2!COLUMN_COUNT 1 columns", "3:a"),
        odd("only a header", ""),
        odd("a header twice", row("a") + HEADER + "\n" + row("b"), "2:a", "3:serial", "4:b"),
        // Characters.
        odd(
            "zero bytes",
            row("a\0b") + row("c"),
            "ecus.csv: not text (a zero byte stands near position 93): expected CSV text or JSON Lines in UTF-8 or UTF-16, or an .xlsx workbook"),
        odd(
            "a byte order mark in the middle",
            row("a") + "\uFEFF" + row("b") + row("\uFEFFc"),
            "2:a",
            "3:b",
            "4:c"),
        odd(
            "spaces that cannot be seen",
            row("\u200Ba\u00A0") + row("\u2007b\u202F\u2060") + row("c\u00A0d"),
            "2:a",
            "3:b",
            "4:c\u00A0d"),
        odd(
            "bytes that are not UTF-8",
            row("a<FC>b") + row("<C3>") + row("d"),
            "2:a\\xFCb",
            "3:\\xC3",
            "4:d"),
        odd(
            "overlong UTF-8 and a surrogate",
            row("<C0 AF>") + row("<ED A0 80>"),
            "2:\\xC0\\xAF",
            "3:\\xED\\xA0\\x80"),
        odd(
            "an end within a character",
            row("a") + "b,c,d<F0 9F 98>",
            "2:a",
            "3!COLUMN_COUNT 3 columns"),
        odd("signs of four bytes", row("\uD83D\uDE97"), "2:\uD83D\uDE97"));
  }

  private static Arguments odd(String name, String text, String... expected) {
    return Arguments.of(name, HEADER + "\n" + text, List.of(expected));
  }

  static Stream<Arguments> headers() {
    String cells = "V,GW,a,p,h,1,CAN,t";
    return Stream.of(
        Arguments.of("sep=;\n" + (HEADER + "\n" + cells).replace(',', ';'), List.of("3:a")),
        Arguments.of("\uFEFFsep=,\r\n" + HEADER + "\r\n" + cells, List.of("3:a")),
        Arguments.of("SEP=\t\n" + (HEADER + "\n" + cells).replace(',', '\t'), List.of("3:a")),
        Arguments.of(
            "sep=:\n" + HEADER + "\n",
            List.of(
                "ecus.csv: no delimiter in its first line 'sep=:': expected a header line such as"
                    + " vin,module,… with a comma, semicolon, tab or pipe between columns")),
        Arguments.of("\"vin\",\"module\"" + HEADER.substring(10) + "\n" + cells, List.of("2:a")),
        Arguments.of(
            " vin ,\u00A0Module\u200B" + HEADER.substring(10) + "\n" + cells, List.of("2:a")),
        Arguments.of(HEADER + ",,paint,paint,\n" + cells + ",1,2,3,4", List.of("2:a")),
        Arguments.of(
            HEADER + ", VIN\n",
            List.of(
                "ecus.csv line 1: column vin stands twice, as 'vin' and 'VIN': expected each column"
                    + " once")),
        Arguments.of("\n\r\n \n" + HEADER + "\n" + cells, List.of("5:a")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void anOddTextIsReadAsItSays(String name, String text, List<String> expected) throws IOException {
    assertThat(shown(Exports.bytes(folder, "ecus.csv", bytes(text)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void anOddHeaderIsReadOrRefused(String text, List<String> expected) throws IOException {
    assertThat(shown(Exports.bytes(folder, "ecus.csv", bytes(text)))).isEqualTo(expected);
  }

  @Test
  void aZeroByteFurtherDownIsLeftToTheRulesForItsRow() throws IOException {
    String text = HEADER + "\n" + row("x").repeat(5_000) + row("a\0b") + row("c");
    assertThat(shown(Exports.text(folder, text)).subList(5_000, 5_002))
        .containsExactly("5002:a\0b", "5003:c");
  }

  @Test
  void twoThousandColumnsAreRead() throws IOException {
    String more = ",x".repeat(2_000);
    String text = HEADER + more + "\n" + row("a").strip() + more + "\n" + row("b");
    assertThat(shown(Exports.text(folder, text)))
        .containsExactly("2:a", "3!COLUMN_COUNT 8 columns");
  }

  @Test
  void aCellOfTenMegabytesRefusesTheFile() throws IOException {
    String refused =
        "ecus.csv line 3: more than 1048576 characters without a line end: expected rows of an"
            + " export";
    String long10 = "x".repeat(10_000_000);
    for (String cell :
        List.of(long10, '"' + long10 + '"', '"' + long10, long10.replace('x', '"'))) {
      assertThat(shown(Exports.text(folder, HEADER + "\n" + row("a") + row(cell))))
          .containsExactly("2:a", refused);
    }
  }

  @Test
  void aLongCellOfManyLinesCostsTheLineOnWhichItStarts() throws IOException {
    int count = LONGEST / 128 + 1;
    String lines = ("y".repeat(127) + "\n").repeat(count);
    List<String> shown = shown(Exports.text(folder, HEADER + "\n" + row('"' + lines + '"')));
    assertThat(shown)
        .startsWith(
            "2!QUOTES a quote is opened and not closed within 1048576 characters",
            "3!COLUMN_COUNT 1 columns")
        .endsWith("%d!QUOTES a quote is opened and not closed".formatted(count + 2))
        .hasSize(count + 1);
  }

  @Test
  void theLongestRowIsReadAndOneCharacterMoreIsNot() throws IOException {
    String rest = row("");
    String longest = "x".repeat(LONGEST - rest.length() + 1);
    assertThat(shown(Exports.text(folder, HEADER + "\n" + row(longest))))
        .containsExactly("2:" + longest);
    assertThat(shown(Exports.text(folder, HEADER + "\n" + row(longest + "xx"))))
        .singleElement()
        .asString()
        .startsWith("ecus.csv line 2: more than 1048576 characters without a line end");
  }

  /** An ECU with that serial. */
  private static String row(String serial) {
    return "V,GW," + serial + ",p,h,1,CAN,t\n";
  }

  /** UTF-8, with {@code <FC>} for a byte. */
  private static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher matcher = BYTES.matcher(text);
    int from = 0;
    while (matcher.find()) {
      bytes.writeBytes(text.substring(from, matcher.start()).getBytes(StandardCharsets.UTF_8));
      bytes.writeBytes(HexFormat.ofDelimiter(" ").parseHex(matcher.group(1)));
      from = matcher.end();
    }
    bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  /** The rows, and last why the rest of the file is refused, if it is. */
  private static List<String> shown(Path file) {
    List<String> shown = new ArrayList<>();
    try {
      Exports.forEach(file, row -> shown.add(shown(row)));
    } catch (ConvoyException e) {
      shown.add(String.valueOf(e.getMessage()));
    }
    return shown;
  }

  private static String shown(ExportRow row) {
    return row.problem() == null
        ? "%d:%s"
            .formatted(
                row.line(),
                UndecodedBytes.shown(String.valueOf(row.values().get(ExportColumn.SERIAL))))
        : "%d!%s %s".formatted(row.line(), row.problem().rule(), row.problem().found());
  }
}
