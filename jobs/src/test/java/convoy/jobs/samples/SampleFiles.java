package convoy.jobs.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** Reads sample exports back, header first, with the libraries' plain readers. */
final class SampleFiles {
  private SampleFiles() {}

  static List<List<String>> csv(Path file, char delimiter) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(delimiter).get();
    List<List<String>> rows = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        Reader reader = new InputStreamReader(in, UTF_8);
        CSVParser parser = format.parse(reader)) {
      for (CSVRecord row : parser) {
        rows.add(row.toList());
      }
    }
    return rows;
  }

  static List<List<String>> sheet(Path file, String sheet) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        Workbook workbook = new XSSFWorkbook(in)) {
      int columns = workbook.getSheet(sheet).getRow(0).getLastCellNum();
      for (Row row : workbook.getSheet(sheet)) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
          cells.add(text(row.getCell(i)));
        }
        rows.add(cells);
      }
    }
    return rows;
  }

  private static String text(@Nullable Cell cell) {
    if (cell == null) {
      return "";
    }
    if (cell.getCellType() == CellType.ERROR) {
      return FormulaError.forInt(cell.getErrorCellValue()).getString();
    }
    if (cell.getCellType() != CellType.NUMERIC) {
      return cell.getStringCellValue();
    }
    if (DateUtil.isCellDateFormatted(cell)) {
      LocalDate date = cell.getLocalDateTimeCellValue().toLocalDate();
      return date.toString();
    }
    return Long.toString((long) cell.getNumericCellValue());
  }
}
