package convoy.writers.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFDrawing;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/** Places the charts on the first sheet: stacked ones over the whole width, others in pairs. */
final class SummaryCharts {
  /** Sheet rows for title, legend and axis, and for each bar. */
  private static final int FRAME_ROWS = 7;

  private static final double BAR_ROWS = 1.3;
  private static final int FEWEST_ROWS = 11;
  private static final int MOST_ROWS = 32;

  private final XSSFSheet sheet;
  private final SummarySheet summary;
  private final Map<String, WrittenTable> tables;

  SummaryCharts(XSSFSheet sheet, SummarySheet summary, Map<String, WrittenTable> tables) {
    this.sheet = sheet;
    this.summary = summary;
    this.tables = tables;
  }

  void place(List<ReportChart> charts) {
    List<ReportChart> pair = new ArrayList<>();
    for (ReportChart chart : charts) {
      if (source(chart).rows() == 0) {
        summary.remark(chart.title() + ": nothing to show, the table has no rows.");
      } else if (chart.kind() == ReportChart.Kind.BAR_STACKED) {
        placeSideBySide(pair);
        pair.clear();
        placeSideBySide(List.of(chart));
      } else {
        pair.add(chart);
        if (pair.size() == 2) {
          placeSideBySide(pair);
          pair.clear();
        }
      }
    }
    placeSideBySide(pair);
  }

  private void placeSideBySide(List<ReportChart> charts) {
    if (charts.isEmpty()) {
      return;
    }
    int rows = charts.stream().mapToInt(this::rowsFor).max().orElseThrow();
    int top = summary.reserve(rows);
    int width = SummarySheet.COLUMNS / charts.size();
    XSSFDrawing drawing = sheet.createDrawingPatriarch();
    int left = 0;
    for (ReportChart chart : charts) {
      XSSFChart drawn =
          drawing.createChart(
              drawing.createAnchor(0, 0, 0, 0, left, top, left + width, top + rows));
      new ChartDrawer(drawn, chart, source(chart)).draw();
      left += width;
    }
  }

  private int rowsFor(ReportChart chart) {
    WrittenTable source = source(chart);
    int bars = source.head().size();
    if (chart.kind() == ReportChart.Kind.BAR) {
      bars *= ChartDrawer.drawnColumns(chart, source).size();
    }
    int rows = FRAME_ROWS + (int) Math.ceil(bars * BAR_ROWS);
    return Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, rows));
  }

  private WrittenTable source(ReportChart chart) {
    return Objects.requireNonNull(tables.get(chart.table()), chart.table());
  }
}
