package convoy.readers.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.data.error.ConvoyException;
import convoy.data.vehicle.ExportRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.ExecutionContext;

class DamagedWorkbookTest {
  @TempDir Path folder;

  @Test
  void aWorkbookThatIsCutOffIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(Exports.workbook(folder, WorkbookExportTest::twoTables));
    for (int length = whole.length - 1; length > 2; length -= length > 5900 ? 10 : 211) {
      Path cut = Exports.bytes(folder, "cut.xlsx", Arrays.copyOf(whole, length));
      assertThatExceptionOfType(ConvoyException.class)
          .as("%d of %d bytes", length, whole.length)
          .isThrownBy(() -> Exports.read(cut))
          .withMessage(
              "cut.xlsx: a damaged or cut off workbook: expected an .xlsx workbook that Excel"
                  + " opens");
    }
  }

  @Test
  void aSheetThatBreaksOffIsReadUpToThereAndThenRefused() throws IOException {
    StringBuilder xml = new StringBuilder(SheetXml.START);
    for (int i = 2; i <= 20; i++) {
      xml.append("<row r=\"%d\">%s</row>".formatted(i, SheetXml.text("A" + i, "V" + i)));
    }
    ExportReader reader =
        new ExportReader(
            SheetXml.part(
                folder, "xl/worksheets/sheet1.xml", xml.append("<row r=\"21\"><c").toString()),
            () -> 18);
    reader.open(new ExecutionContext());
    assertThat(reader.read()).extracting(ExportRow::raw).isEqualTo("V20");
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(reader::read)
        .withMessage(
            "plant.xlsx sheet 'Units' near row 21: damaged: expected an .xlsx workbook that Excel"
                + " opens");
    reader.close();
  }
}
