package convoy.jobs.resubmit;

import static convoy.jobs.resubmit.Rejections.ECUS;
import static convoy.jobs.resubmit.Rejections.NOW;
import static convoy.jobs.resubmit.Rejections.OTHER_VIN;
import static convoy.jobs.resubmit.Rejections.VEHICLES;
import static convoy.jobs.resubmit.Rejections.VIN;
import static convoy.jobs.resubmit.Rejections.ecu;
import static convoy.jobs.resubmit.Rejections.vehicle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.status.StatusColumn;
import convoy.jobs.reconcilestatus.ReadStatusLogJobConfiguration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks, status logs and refused files come back into the inbox too. */
class ResubmittedFilesTest {
  @TempDir static Path folder;
  private static Rejections home;

  /** One home for all, since it takes seconds to start. */
  @BeforeAll
  static void start() {
    home = new Rejections(folder);
  }

  @AfterAll
  static void stop() {
    home.close();
  }

  @Test
  void eachSheetOfAWorkbookBecomesAFileOfItsOwn() throws IOException {
    byte[] workbook =
        workbook(
            Map.of(
                "Cars, all",
                List.of(
                    VEHICLES + ",note;a|b",
                    vehicle(VIN) + ",x",
                    vehicle(OTHER_VIN).replace(",DE,", ",Europe,")),
                "Units",
                List.of(ECUS, ecu(VIN, "BCM", "1.8.0"), ecu(VIN, "ABS", "v2..1"))));
    assertThat(home.take("plant.xlsx", workbook))
        .isEqualTo("plant.xlsx: 4 rows read, 2 accepted, 0 unchanged, 2 quarantined");
    assertThatThrownBy(() -> home.takeOut("plant.xlsx", null, folder.resolve("one.csv")))
        .hasMessageEndingWith(
            "found rows of the sheets [Cars, all, Units], expected --to with a folder, for a file"
                + " each");
    Path out = Files.createDirectory(folder.resolve("out"));
    assertThat(home.takeOut("plant.xlsx", null, out).files())
        .extracting(made -> made.rows())
        .containsExactly(1L, 1L);
    Path vehicles = out.resolve("plant.xlsx.resubmit-20261121T233000Z.csv");
    Path ecus = out.resolve("plant.xlsx.resubmit-20261121T233000Z-2.csv");
    assertThat(Files.readString(vehicles))
        .isEqualTo(
            """
            "vin","model","model_year","powertrain","region","manufactured_on","exported_at","note;a|b","resubmitted"
            WVWCE2DR6RW000002,Brevik,2024,PETROL,Europe,2023-11-21,2026-11-20T22:00:00Z,,2026-11-21T23:30:00.123456Z
            """);
    assertThat(
            home.take("v.csv", Files.readString(vehicles).replace("Europe", "FR").getBytes(UTF_8)))
        .isEqualTo("v.csv: 1 rows read, 1 accepted, 0 unchanged, 0 quarantined");
    assertThat(home.take("e.csv", Files.readString(ecus).replace("v2..1", "2.0.1").getBytes(UTF_8)))
        .isEqualTo("e.csv: 1 rows read, 1 accepted, 0 unchanged, 0 quarantined");
    assertThat(home.jobs.sql().rows("select vin, region from vehicle order by all"))
        .containsExactly(OTHER_VIN + "|FR", VIN + "|DE");
    assertThat(home.jobs.sql().rows("select module, software_version from ecu order by all"))
        .containsExactly("ABS|2.0.1", "BCM|1.8.0");
  }

  @Test
  void statusLogsAsText() throws IOException {
    Path inbox = home.jobs.home().inboxStatus();
    String row = "e1,2026-11-21T02:30:00Z," + VIN + ",ABS,brakes,1,1,INSTALLED,2.1.0,,\"a\nb\"";
    Path csv =
        Files.writeString(
            inbox.resolve("s.csv"),
            "\uFEFF" + StatusColumn.headerLine() + "\r\n" + row + "\r\nx,\"y\r\n");
    assertThat(home.take(ReadStatusLogJobConfiguration.JOB, csv))
        .isEqualTo("s.csv: 2 rows read, 0 accepted, 0 unchanged, 2 quarantined");
    assertThat(home.send("s.csv").leftOut()).isEqualTo(Map.of("CSV_QUOTE", 1L));
    assertThat(Files.readString(Rejections.only(inbox)))
        .isEqualTo(StatusColumn.headerLine() + ",resubmitted\n" + row + "," + NOW + "\n");
    assertThat(home.take(ReadStatusLogJobConfiguration.JOB, Rejections.only(inbox)))
        .isEqualTo(
            "s.csv.resubmit-20261121T233000Z.csv: 1 rows read, 0 accepted, 0 unchanged, 1 quarantined");

    String object = "{\"event_id\":\"e1\",\"vin\":\"" + VIN + "\"}";
    Path json = Files.writeString(inbox.resolve("s.jsonl"), object + "\n{\"event_id\":\n");
    assertThat(home.take(ReadStatusLogJobConfiguration.JOB, json))
        .isEqualTo("s.jsonl: 2 rows read, 0 accepted, 0 unchanged, 2 quarantined");
    home.send("s.jsonl");
    String mark = "{\"resubmitted\":\"" + NOW + "\",";
    assertThat(Files.readString(Rejections.only(inbox)))
        .isEqualTo(object.replace("{", mark) + "\n" + mark + "\"event_id\":\n");
    assertThat(home.take(ReadStatusLogJobConfiguration.JOB, Rejections.only(inbox)))
        .isEqualTo(
            "s.jsonl.resubmit-20261121T233000Z.jsonl: 2 rows read, 0 accepted, 0 unchanged, 2 quarantined");
  }

  @Test
  void statusLogsInWorkbooks() throws IOException {
    Path inbox = home.jobs.home().inboxStatus();
    String header = StatusColumn.headerLine().replace(",at,", ",at_utc,");
    String row = "e1,2026-11-21T02:30:00," + VIN + ",ABS,brakes,1,1,RECEIVED,,,";
    Path log =
        Files.write(
            inbox.resolve("s.xlsx"), workbook(Map.of("Log", List.of(header, row, row + "x"))));
    assertThat(home.take(ReadStatusLogJobConfiguration.JOB, log))
        .isEqualTo("s.xlsx: 2 rows read, 0 accepted, 0 unchanged, 2 quarantined");
    home.send("s.xlsx");
    assertThat(Files.readString(Rejections.only(inbox)))
        .isEqualTo(
            "\""
                + header.replace(",", "\",\"")
                + "\",\"resubmitted\"\n"
                + row
                + ","
                + NOW
                + "\n"
                + row
                + "x,"
                + NOW
                + "\n");
    assertThat(home.take(ReadStatusLogJobConfiguration.JOB, Rejections.only(inbox)))
        .isEqualTo(
            "s.xlsx.resubmit-20261121T233000Z.csv: 2 rows read, 0 accepted, 0 unchanged, 2 quarantined");
  }

  @Test
  void aRefusedFileIsMovedBackAndIsOpenAgainWhenItIsRefusedAgain() throws IOException {
    byte[] bytes = "vin;colour\nx;red\n".getBytes(UTF_8);
    home.take("odd.csv", bytes);
    Path refused = folder.resolve("quarantine/" + home.input("odd.csv").shortHash() + "-odd.csv");
    home.send("odd.csv");
    assertThat(refused).doesNotExist();
    assertThat(home.inbox()).hasFileName("odd.csv").hasBinaryContent(bytes);
    assertThatThrownBy(() -> home.send("odd.csv"))
        .hasMessageEndingWith(
            "as inbox/manufacturing/odd.csv, expected --again to send it once more");
    home.jobs.clock().set(NOW.plusSeconds(60));
    assertThat(home.take(home.inbox())).startsWith("odd.csv: refused: ");
    assertThat(refused).hasBinaryContent(bytes);
    assertThat(home.input("odd.csv").resubmissions()).isEmpty();

    Files.writeString(home.jobs.home().inboxManufacturing().resolve("odd.csv"), "another");
    assertThatThrownBy(() -> home.send("odd.csv"))
        .hasMessageEndingWith(
            "odd.csv is another file of that name, expected it to be taken in first");
    assertThat(home.inbox()).hasContent("another");
    Files.delete(home.inbox());
  }

  private static byte[] workbook(Map<String, List<String>> sheets) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (XSSFWorkbook workbook = new XSSFWorkbook()) {
      sheets.forEach(
          (name, rows) -> {
            XSSFSheet sheet = workbook.createSheet(name);
            for (int i = 0; i < rows.size(); i++) {
              var row = sheet.createRow(i);
              int column = 0;
              for (String cell : rows.get(i).split(",", -1)) {
                row.createCell(column++).setCellValue(cell);
              }
            }
          });
      workbook.write(out);
    }
    return out.toByteArray();
  }
}
