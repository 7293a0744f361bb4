package convoy.readers.export;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportKind;
import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.ModuleCatalog;
import convoy.readers.profile.ExportProfiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One table of rows, written in every format: each gives the same rows. */
class AnyFormatTest {
  private static final List<String> HEADER =
      List.of(
          "vin",
          "module",
          "serial",
          "hardware_part",
          "hardware_version",
          "software_version",
          "calibration",
          "protocol",
          "exported_at");

  private static final List<List<String>> ROWS =
      List.of(
          row("plain", "CAL-7"),
          row("007", "2.10"),
          row("  trimmed ", ""),
          row("a,b;c|d\te", "C"),
          row("6\" \"nav\"", "\"\""),
          row("two\nlines", "\n\"\n,;"),
          row("Türsteuergerät", "12 € ±5 °C"),
          row("{\"vin\": 1}", "\\n\\u0041"),
          row("=1+1", "#REF!"),
          row("end", "-"));

  @TempDir Path folder;

  private static List<String> row(String serial, String calibration) {
    return List.of(
        "V1",
        "GATEWAY",
        serial,
        "HW-100",
        "H1",
        "2.10",
        calibration,
        "CAN_FD",
        "2026-01-31T22:15:00Z");
  }

  /** A way to write a table. */
  private interface Writing {
    byte[] bytes(List<List<String>> table) throws IOException;
  }

  private record Format(String name, Writing writing, String shown) {
    @Override
    public String toString() {
      return name;
    }

    Format gzipped() {
      return new Format(name + ".gz", table -> gzip(writing.bytes(table), 1), shown + ", gzipped");
    }
  }

  static Stream<Format> formats() {
    List<Format> formats = new ArrayList<>();
    Map<Character, String> delimiters =
        Map.of(',', "commas", ';', "semicolons", '\t', "tabs", '|', "pipes");
    delimiters.forEach(
        (delimiter, name) -> {
          formats.add(text("utf8 " + name, "", UTF_8, delimiter, "\n", "UTF-8 text with " + name));
          formats.add(
              text(
                  "utf8-mark " + name,
                  "\uFEFF",
                  UTF_8,
                  delimiter,
                  "\r\n",
                  "UTF-8 text with " + name));
          for (String mark : List.of("\uFEFF", "")) {
            formats.add(
                text(
                    "16le" + mark + name,
                    mark,
                    UTF_16LE,
                    delimiter,
                    "\n",
                    "UTF-16LE text with " + name));
            formats.add(
                text(
                    "16be" + mark + name,
                    mark,
                    UTF_16BE,
                    delimiter,
                    "\r",
                    "UTF-16BE text with " + name));
          }
          formats.add(
              text(
                  "cp1252 " + name,
                  "",
                  Charset.forName("windows-1252"),
                  delimiter,
                  "\r\n",
                  "windows-1252 text with " + name));
        });
    formats.add(new Format("jsonl", t -> json(t).getBytes(UTF_8), "UTF-8 JSON Lines"));
    formats.add(
        new Format("jsonl16", t -> ("\uFEFF" + json(t)).getBytes(UTF_16LE), "UTF-16LE JSON Lines"));
    formats.addAll(formats.stream().map(Format::gzipped).toList());
    formats.add(
        new Format(
            "members.gz",
            t -> gzip(csv(t, ',', "\n").getBytes(UTF_8), 5),
            "UTF-8 text with commas, gzipped"));
    formats.add(new Format("xlsx", AnyFormatTest::workbook, "Excel workbook"));
    return formats.stream();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void theSameRowsComeOutOfEveryFormat(Format format) throws IOException {
    Files.writeString(
        Files.createDirectories(folder.resolve("profiles")).resolve("p.yaml"),
        "profile: p\nfiles: ['cp1252*']\nencoding: windows-1252\n");
    ExportProfiles profiles =
        ExportProfiles.read(folder.resolve("profiles"), new ModuleCatalog(List.of()));
    ExportFormats formats = new ExportFormats(profiles, 1_000_000);
    List<List<String>> table = Stream.concat(Stream.of(HEADER), ROWS.stream()).toList();
    Path file =
        Exports.bytes(folder, format.name.replace("\uFEFF", "m"), format.writing.bytes(table));

    assertThat(ExportFile.probe(file, formats).format()).isEqualTo(format.shown);
    assertThat(Exports.read(file, formats))
        .extracting(ExportRow::kind, ExportRow::problem, ExportRow::values)
        .containsExactlyElementsOf(ROWS.stream().map(AnyFormatTest::expected).toList());
  }

  private static Tuple expected(List<String> row) {
    Map<ExportColumn, String> values = new EnumMap<>(ExportColumn.class);
    for (int i = 0; i < row.size(); i++) {
      values.put(ExportColumn.find(HEADER.get(i)).orElseThrow(), row.get(i).strip());
    }
    return tuple(ExportKind.ECUS, null, values);
  }

  private static Format text(
      String name, String mark, Charset charset, char delimiter, String end, String shown) {
    return new Format(name, t -> (mark + csv(t, delimiter, end)).getBytes(charset), shown);
  }

  private static String csv(List<List<String>> table, char delimiter, String end)
      throws IOException {
    StringBuilder text = new StringBuilder();
    CSVFormat format =
        CSVFormat.RFC4180.builder().setDelimiter(delimiter).setRecordSeparator(end).get();
    for (List<String> row : table) {
      format.printRecord(text, row.toArray());
    }
    return text.toString();
  }

  /** Keys in another order on every other line; empty values left out, or null. */
  private static String json(List<List<String>> table) {
    StringBuilder lines = new StringBuilder();
    for (int r = 1; r < table.size(); r++) {
      Map<String, String> object = new LinkedHashMap<>();
      for (int c = 0; c < HEADER.size(); c++) {
        int column = r % 2 == 0 ? c : HEADER.size() - 1 - c;
        object.put(HEADER.get(column), table.get(r).get(column));
      }
      boolean withNulls = r % 2 == 0;
      lines.append(
          object.entrySet().stream()
              .filter(e -> withNulls || !e.getValue().isEmpty())
              .map(
                  e ->
                      quoted(e.getKey())
                          + ": "
                          + (e.getValue().isEmpty() ? "null" : quoted(e.getValue())))
              .collect(Collectors.joining(", ", "{", "}\n")));
    }
    return lines.toString();
  }

  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t")
        + '"';
  }

  static byte[] gzip(byte[] bytes, int members) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int size = (bytes.length + members - 1) / members;
    for (int from = 0; from < bytes.length; from += size) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(bytes, from, Math.min(size, bytes.length - from));
      }
    }
    return out.toByteArray();
  }

  private static byte[] workbook(List<List<String>> table) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var workbook = new XSSFWorkbook()) {
      var sheet = workbook.createSheet("ECUs");
      for (List<String> cells : table) {
        var row = sheet.createRow(sheet.getPhysicalNumberOfRows());
        for (int i = 0; i < cells.size(); i++) {
          row.createCell(i).setCellValue(cells.get(i));
        }
      }
      workbook.write(out);
    }
    return out.toByteArray();
  }
}
