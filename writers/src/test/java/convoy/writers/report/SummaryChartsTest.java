package convoy.writers.report;

import static convoy.writers.report.SampleReport.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.poi.xddf.usermodel.chart.LegendPosition;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openxmlformats.schemas.drawingml.x2006.chart.CTBarChart;
import org.openxmlformats.schemas.drawingml.x2006.chart.CTBarSer;
import org.openxmlformats.schemas.drawingml.x2006.chart.STBarGrouping;

class SummaryChartsTest {
  @TempDir Path dir;

  @Test
  void eachChartIsTitledHasALegendAndRefersToTheCellsOfItsTable() throws IOException {
    try (XSSFWorkbook workbook = write(SampleReport.tables(), SampleReport.charts())) {
      List<XSSFChart> charts = charts(workbook);
      assertThat(charts.stream().map(chart -> chart.getTitleText().getString()))
          .containsExactly(
              "Assignments by campaign and state", "Failures by cause", "Not eligible, by reason");
      assertThat(charts)
          .allSatisfy(
              chart ->
                  assertThat(chart.getOrAddLegend().getPosition())
                      .isEqualTo(LegendPosition.BOTTOM));
      assertThat(references(charts.get(1)))
          .containsExactly(
              "'Failures by cause'!$B$1 of 'Failures by cause'!$A$2:$A$5:"
                  + " 'Failures by cause'!$B$2:$B$5 = [1911, 1204, 12, 3]");
      assertThat(bars(charts.get(1)).getGrouping().getVal()).isEqualTo(STBarGrouping.CLUSTERED);
    }
  }

  @Test
  void aStackedChartLeavesOutStatesThatNoVehicleIsIn() throws IOException {
    try (XSSFWorkbook workbook = write(SampleReport.tables(), SampleReport.charts())) {
      XSSFChart stacked = charts(workbook).get(0);
      assertThat(references(stacked))
          .containsExactly(
              "Campaigns!$D$1 of Campaigns!$A$2:$A$4: Campaigns!$D$2:$D$4 = [1200, 310000, 640000]",
              "Campaigns!$E$1 of Campaigns!$A$2:$A$4: Campaigns!$E$2:$E$4 = [48210, 120500, 0]",
              "Campaigns!$F$1 of Campaigns!$A$2:$A$4: Campaigns!$F$2:$F$4 = [3120, 40100, 0]",
              "Campaigns!$G$1 of Campaigns!$A$2:$A$4: Campaigns!$G$2:$G$4 = [1204377, 210900, 0]",
              "Campaigns!$H$1 of Campaigns!$A$2:$A$4: Campaigns!$H$2:$H$4 = [812, 3305, 0]");
      assertThat(bars(stacked).getGrouping().getVal()).isEqualTo(STBarGrouping.STACKED);
      assertThat(bars(stacked).xmlText()).contains("overlap val=\"100\"");
    }
  }

  @Test
  void aLongTablesChartShowsItsFirstRowsAndSaysSo() throws IOException {
    ReportTable table = counts("causes", 312);
    try (XSSFWorkbook workbook = write(List.of(table), List.of(chart("causes", "Vehicles")))) {
      XSSFChart chart = charts(workbook).get(0);
      assertThat(chart.getTitleText().getString()).isEqualTo("Chart (first 25 of 312)");
      assertThat(bars(chart).getSerArray(0).getVal().getNumRef().getF())
          .isEqualTo("Causes!$B$2:$B$26");
    }
  }

  @Test
  void aTableWithoutRowsGetsALineInPlaceOfItsChart() throws IOException {
    try (XSSFWorkbook workbook =
        write(List.of(counts("causes", 0)), List.of(chart("causes", "Vehicles")))) {
      XSSFSheet summary = workbook.getSheetAt(0);
      assertThat(summary.getDrawingPatriarch()).isNull();
      assertThat(summary.getRow(6).getCell(0).getStringCellValue())
          .isEqualTo("Chart: nothing to show, the table has no rows.");
    }
  }

  @Test
  void aChartOfWhatIsNotThereIsRefusedBeforeAnythingIsWritten() {
    List<ReportTable> tables = List.of(counts("causes", 1));
    assertRefused(
        tables,
        chart("reasons", "Vehicles"),
        "report chart 'Chart': found no table 'reasons', expected one of [causes]");
    assertRefused(
        tables,
        chart("causes", "Cars"),
        "report table 'causes': found no column 'Cars', expected one of [Cause, Vehicles]");
    assertRefused(
        tables,
        chart("causes", "Cause"),
        "report chart 'Chart': column 'Cause' of table 'causes' is TEXT, expected COUNT or"
            + " PERCENT");
    assertThat(dir).isEmptyDirectory();
  }

  private void assertRefused(List<ReportTable> tables, ReportChart chart, String message) {
    assertThatThrownBy(() -> write(tables, List.of(chart)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static ReportTable counts(String name, int rows) {
    return new ReportTable(
        name,
        "Counts",
        List.of(
            new ReportColumn("Cause", ColumnKind.TEXT),
            new ReportColumn("Vehicles", ColumnKind.COUNT)),
        IntStream.range(0, rows).mapToObj(i -> row("cause " + i, 1_000L - i)).toList());
  }

  private static ReportChart chart(String table, String values) {
    return new ReportChart(ReportChart.Kind.BAR, "Chart", table, "Cause", List.of(values));
  }

  private XSSFWorkbook write(List<ReportTable> tables, List<ReportChart> charts)
      throws IOException {
    Path file = dir.resolve("report.xlsx");
    new WorkbookWriter().write(file, "Title", SampleReport.AT, SampleReport.ZONE, tables, charts);
    return new XSSFWorkbook(Files.newInputStream(file));
  }

  private static List<XSSFChart> charts(XSSFWorkbook workbook) {
    return workbook.getSheetAt(0).getDrawingPatriarch().getCharts();
  }

  private static CTBarChart bars(XSSFChart chart) {
    return chart.getCTChart().getPlotArea().getBarChartArray(0);
  }

  private static List<String> references(XSSFChart chart) {
    List<String> references = new ArrayList<>();
    for (CTBarSer series : bars(chart).getSerArray()) {
      references.add(
          "%s of %s: %s = %s"
              .formatted(
                  series.getTx().getStrRef().getF(),
                  series.getCat().getStrRef().getF(),
                  series.getVal().getNumRef().getF(),
                  Arrays.stream(series.getVal().getNumRef().getNumCache().getPtArray())
                      .map(point -> point.getV())
                      .toList()));
    }
    return references;
  }
}
