package convoy.readers.export;

import convoy.data.vehicle.ExportRow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Writes exports for tests, and reads them. */
final class Exports {
  static final String VEHICLES =
      "vin,model,model_year,powertrain,region,manufactured_on,exported_at";
  static final String ECUS =
      "vin,module,serial,hardware_part,hardware_version,software_version,protocol,exported_at";

  private Exports() {}

  static Path text(Path folder, String text) throws IOException {
    return bytes(folder, "ecus.csv", text.getBytes(StandardCharsets.UTF_8));
  }

  static Path bytes(Path folder, String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  static Path workbook(Path folder, Consumer<XSSFWorkbook> content) throws IOException {
    Path file = folder.resolve("plant.xlsx");
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      content.accept(workbook);
      workbook.write(out);
    }
    return file;
  }

  /** Adds a row of text cells below those that the sheet has. */
  static void add(XSSFSheet sheet, String commaSeparated) {
    var row = sheet.createRow(sheet.getPhysicalNumberOfRows() == 0 ? 0 : sheet.getLastRowNum() + 1);
    int column = 0;
    for (String cell : commaSeparated.split(",", -1)) {
      row.createCell(column++).setCellValue(cell);
    }
  }

  static List<ExportRow> read(Path file) {
    return read(file, 0);
  }

  static List<ExportRow> read(Path file, ExportFormats formats) {
    return rows(new ExportReader(file, formats, () -> 0));
  }

  static List<ExportRow> read(Path file, long startAfter) {
    return rows(new ExportReader(file, () -> startAfter));
  }

  private static List<ExportRow> rows(ExportReader reader) {
    List<ExportRow> rows = new ArrayList<>();
    read(reader, rows::add);
    return rows;
  }

  /** Gives each row as it is read. */
  static void forEach(Path file, Consumer<ExportRow> use) {
    read(new ExportReader(file, () -> 0), use);
  }

  private static void read(ExportReader reader, Consumer<ExportRow> use) {
    try {
      reader.open(new ExecutionContext());
      for (ExportRow row = reader.read(); row != null; row = reader.read()) {
        use.accept(row);
      }
    } finally {
      reader.close();
    }
  }
}
