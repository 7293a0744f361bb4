package convoy.writers.report;

import java.util.List;
import javax.xml.namespace.QName;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xddf.usermodel.XDDFColor;
import org.apache.poi.xddf.usermodel.XDDFLineProperties;
import org.apache.poi.xddf.usermodel.XDDFSolidFillProperties;
import org.apache.poi.xddf.usermodel.chart.AxisCrosses;
import org.apache.poi.xddf.usermodel.chart.AxisOrientation;
import org.apache.poi.xddf.usermodel.chart.AxisPosition;
import org.apache.poi.xddf.usermodel.chart.AxisTickMark;
import org.apache.poi.xddf.usermodel.chart.BarDirection;
import org.apache.poi.xddf.usermodel.chart.BarGrouping;
import org.apache.poi.xddf.usermodel.chart.ChartTypes;
import org.apache.poi.xddf.usermodel.chart.LegendPosition;
import org.apache.poi.xddf.usermodel.chart.XDDFBarChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryAxis;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFChartAxis;
import org.apache.poi.xddf.usermodel.chart.XDDFChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xddf.usermodel.chart.XDDFNumericalDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFValueAxis;
import org.apache.poi.xddf.usermodel.text.XDDFTextRun;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.xmlbeans.XmlCursor;
import org.jspecify.annotations.Nullable;
import org.openxmlformats.schemas.drawingml.x2006.chart.CTBarChart;
import org.openxmlformats.schemas.drawingml.x2006.chart.CTBarSer;
import org.openxmlformats.schemas.drawingml.x2006.chart.CTDLbls;

/** Draws a chart that refers to the cells of a table's first sheet. */
final class ChartDrawer {
  private static final String GRID = "E7E6E6";
  private static final double TITLE_POINTS = 13d;
  private static final double LABEL_POINTS = 9d;
  private static final double LABEL_ROOM = 1.2;

  private final XSSFChart chart;
  private final ReportChart wanted;
  private final WrittenTable source;

  ChartDrawer(XSSFChart chart, ReportChart wanted, WrittenTable source) {
    this.chart = chart;
    this.wanted = wanted;
    this.source = source;
  }

  void draw() {
    frame();
    List<String> drawn = drawnColumns(wanted, source);
    XDDFCategoryAxis categories = chart.createCategoryAxis(AxisPosition.LEFT);
    XDDFValueAxis values = chart.createValueAxis(AxisPosition.BOTTOM);
    axes(categories, values);
    XDDFBarChartData bars = (XDDFBarChartData) chart.createData(ChartTypes.BAR, categories, values);
    boolean stacked = wanted.kind() == ReportChart.Kind.BAR_STACKED;
    if (stacked) {
      scale(values, kindOf(drawn.get(0)));
    } else {
      hide(values, drawn);
    }
    bars.setBarDirection(BarDirection.BAR);
    bars.setBarGrouping(stacked ? BarGrouping.STACKED : BarGrouping.CLUSTERED);
    bars.setVaryColors(false);
    bars.setGapWidth(50);
    if (stacked) {
      overlapWholly();
    }
    XDDFCategoryDataSource names = names();
    for (String header : drawn) {
      XDDFChartData.Series series = bars.addSeries(names, numbers(header));
      series.setTitle(header, new CellReference(sheet(), 0, index(header), true, true));
      series.setFillProperties(fill(Colours.series(header, wanted.valueColumns().indexOf(header))));
    }
    chart.plot(bars);
    if (!stacked) {
      for (CTBarSer series : chart.getCTChart().getPlotArea().getBarChartArray(0).getSerArray()) {
        label(series);
      }
    }
  }

  /**
   * The columns that have something to show: a state that no vehicle is in would only lengthen the
   * legend. All of them, when none has.
   */
  static List<String> drawnColumns(ReportChart chart, WrittenTable source) {
    List<String> filled =
        chart.valueColumns().stream()
            .filter(
                header -> {
                  int column = source.table().indexOf(header);
                  return source.head().stream()
                      .anyMatch(
                          row ->
                              row.get(column) instanceof Number number
                                  && number.doubleValue() != 0);
                })
            .toList();
    return filled.isEmpty() ? chart.valueColumns() : filled;
  }

  private void frame() {
    String title = wanted.title();
    if (source.rows() > source.head().size()) {
      title += " (first %d of %d)".formatted(source.head().size(), source.rows());
    }
    chart.setTitleText(title);
    chart.setTitleOverlay(false);
    XDDFTextRun text = chart.getFormattedTitle().getParagraph(0).getTextRuns().get(0);
    text.setFontSize(TITLE_POINTS);
    text.setBold(true);
    text.setFontColor(XDDFColor.from(Colours.bytes(WorkbookStyles.DARK)));
    chart.getOrAddLegend().setPosition(LegendPosition.BOTTOM);
    chart.getOrAddLegend().setOverlay(false);
    // Rows that a reader filters away on the data's sheet stay in the chart.
    chart.setPlotOnlyVisibleCells(false);
    chart.getCTChartSpace().addNewRoundedCorners().setVal(false);
    chart.getOrAddShapeProperties().setLineProperties(line("BFBFBF"));
  }

  private void axes(XDDFCategoryAxis categories, XDDFValueAxis values) {
    // The first row is the uppermost bar; the values' axis then has to be told to stay below.
    categories.setOrientation(AxisOrientation.MAX_MIN);
    values.setCrosses(AxisCrosses.MAX);
    values.setMinimum(0);
    categories.getOrAddShapeProperties().setLineProperties(line("7F7F7F"));
    for (XDDFChartAxis axis : List.of(categories, values)) {
      axis.setMajorTickMark(AxisTickMark.NONE);
      axis.getOrAddTextProperties().setFontSize(LABEL_POINTS);
    }
  }

  private static void scale(XDDFValueAxis values, ColumnKind kind) {
    values.setNumberFormat(kind == ColumnKind.PERCENT ? "0%" : WorkbookStyles.format(kind));
    values.getOrAddMajorGridProperties().setLineProperties(line(GRID));
    values.getOrAddShapeProperties().setLineProperties(line(GRID));
  }

  /** The values stand beside the bars: an axis would only repeat them, but they need their room. */
  private void hide(XDDFValueAxis values, List<String> drawn) {
    values.setVisible(false);
    double longest = 0;
    for (String header : drawn) {
      int column = index(header);
      for (List<@Nullable Object> row : source.head()) {
        if (row.get(column) instanceof Number number) {
          longest = Math.max(longest, number.doubleValue());
        }
      }
    }
    if (longest > 0) {
      values.setMaximum(longest * LABEL_ROOM);
    }
  }

  private XDDFCategoryDataSource names() {
    int column = index(wanted.categoryColumn());
    String[] names =
        source.head().stream()
            .map(row -> row.get(column))
            .map(value -> value == null ? "" : value.toString())
            .toArray(String[]::new);
    return XDDFDataSourcesFactory.fromArray(names, range(column), column);
  }

  private XDDFNumericalDataSource<Number> numbers(String header) {
    int column = index(header);
    @Nullable Number[] numbers =
        source.head().stream().map(row -> (Number) row.get(column)).toArray(Number[]::new);
    XDDFNumericalDataSource<Number> values =
        XDDFDataSourcesFactory.fromArray(numbers, range(column), column);
    values.setFormatCode(WorkbookStyles.format(kindOf(header)));
    return values;
  }

  private String range(int column) {
    return new CellRangeAddress(1, source.head().size(), column, column)
        .formatAsString(sheet(), true);
  }

  /**
   * Stacked parts lie on one line only when they overlap by 100 %. Set as plain XML, because the
   * schema that comes with POI lacks the attribute's type.
   */
  private void overlapWholly() {
    CTBarChart bars = chart.getCTChart().getPlotArea().getBarChartArray(0);
    try (XmlCursor cursor = bars.addNewOverlap().newCursor()) {
      cursor.setAttributeText(new QName("val"), "100");
    }
  }

  private static void label(CTBarSer series) {
    CTDLbls labels = series.isSetDLbls() ? series.getDLbls() : series.addNewDLbls();
    labels.addNewShowLegendKey().setVal(false);
    labels.addNewShowVal().setVal(true);
    labels.addNewShowCatName().setVal(false);
    labels.addNewShowSerName().setVal(false);
    labels.addNewShowPercent().setVal(false);
    labels.addNewShowBubbleSize().setVal(false);
  }

  private String sheet() {
    return source.sheets().get(0);
  }

  private int index(String header) {
    return source.table().indexOf(header);
  }

  private ColumnKind kindOf(String header) {
    return source.table().columns().get(index(header)).kind();
  }

  private static XDDFSolidFillProperties fill(String rgb) {
    return new XDDFSolidFillProperties(XDDFColor.from(Colours.bytes(rgb)));
  }

  private static XDDFLineProperties line(String rgb) {
    return new XDDFLineProperties(fill(rgb));
  }
}
