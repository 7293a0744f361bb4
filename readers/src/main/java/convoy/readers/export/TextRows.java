package convoy.readers.export;

import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.Finding;
import convoy.data.vehicle.RowRule;
import convoy.data.vehicle.UndecodedBytes;
import convoy.readers.sheet.Refusal;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a text export. */
final class TextRows implements RowSource {
  private static final String QUOTED =
      "a quoted cell that ends with a quote, with each quote inside it doubled";

  private final ExportFile file;
  private final CsvRecords records;
  private final RowLayout layout;

  private TextRows(ExportFile file, ExportSource source, CsvRecords records) {
    this.file = file;
    this.records = records;
    this.layout = new RowLayout(file.tables().get(0), source);
  }

  static TextRows open(ExportSource source, TextFormat format) throws IOException {
    var splitter = new RecordSplitter(source.name(), format.open(source), format.delimiter());
    CsvRecords records = new CsvRecords(splitter, format.delimiter());
    try {
      ExportTable table = header(source, records.next());
      ExportFile file = source.file(format.description(), List.of(table), List.of());
      return new TextRows(file, source, records);
    } catch (IOException | RuntimeException e) {
      records.close();
      throw e;
    }
  }

  private static ExportTable header(ExportSource source, CsvRecords.@Nullable Cells header) {
    if (header == null) {
      throw Refusal.of(source.name(), "empty (blank lines only)", TextFormat.HEADER);
    }
    String where = "%s line %d".formatted(source.name(), header.raw().line());
    if (header.raw().fault() != null) {
      throw Refusal.of(where, header.raw().fault(), QUOTED);
    }
    return ExportTable.of(where, null, header.raw().line(), header.cells(), source);
  }

  @Override
  public ExportFile file() {
    return file;
  }

  @Override
  public @Nullable ExportRow next() throws IOException {
    CsvRecords.Cells record = records.next();
    if (record == null) {
      return null;
    }
    long line = record.raw().line();
    String raw = UndecodedBytes.shown(record.raw().text());
    Finding problem = problem(record);
    return problem == null
        ? layout.row(line, raw, record.cells())
        : layout.unlaid(line, raw, problem);
  }

  private @Nullable Finding problem(CsvRecords.Cells record) {
    String fault = record.raw().fault();
    if (fault != null) {
      return RowRule.QUOTES.rejectRow(fault, QUOTED);
    }
    int found = record.cells().size();
    int expected = layout.table().width();
    return found == expected
        ? null
        : RowRule.COLUMN_COUNT.rejectRow(found + " columns", expected + " columns");
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
