package convoy.scheduler.cli;

import static convoy.writers.report.ColumnKind.COUNT;
import static convoy.writers.report.ColumnKind.TEXT;

import convoy.data.preview.CampaignPreview;
import convoy.data.preview.PreviewChange;
import convoy.writers.report.ReportColumn;
import convoy.writers.report.ReportTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A preview as CSV files. */
final class PreviewTables {
  private PreviewTables() {}

  static List<ReportTable> of(CampaignPreview preview) {
    return List.of(
        table(
            "preview-waves",
            "Waves",
            List.of(
                number("wave"),
                text("name"),
                number("vehicles"),
                number("waiting"),
                number("bytes"),
                number("without way back"),
                text("sample vins")),
            preview.waves(),
            w ->
                row(
                    w.wave(),
                    w.name(),
                    w.vehicles(),
                    w.waiting(),
                    w.bytes(),
                    w.withoutWayBack(),
                    String.join(" ", w.sampleVins()))),
        table(
            "preview-vehicles",
            "Vehicles by wave, region and model",
            List.of(number("wave"), text("region"), text("model"), number("vehicles")),
            preview.parts(),
            p -> row(p.wave(), p.region(), p.model(), p.vehicles())),
        table(
            "preview-reasons",
            "Why vehicles are left out or held back",
            List.of(text("verdict"), text("reason"), number("vehicles"), text("sample vins")),
            preview.causes(),
            c ->
                row(
                    c.verdict().name(),
                    c.reason().name(),
                    c.vehicles(),
                    String.join(" ", c.sampleVins()))),
        table(
            "preview-competition",
            "Open campaigns that want the same vehicles",
            List.of(
                text("campaign"),
                text("state"),
                text("goes first"),
                text("modules"),
                number("vehicles"),
                number("open manifests"),
                number("wait for it"),
                number("wait for this")),
            preview.conflicts(),
            c ->
                row(
                    c.campaign(),
                    c.state(),
                    c.goesFirst(),
                    c.modules() == null ? "" : c.modules(),
                    c.vehicles(),
                    c.openManifests(),
                    c.waitForIt(),
                    c.waitForThis())));
  }

  static List<ReportTable> of(PreviewChange change) {
    List<ReportTable> tables = new ArrayList<>(of(change.after()));
    tables.add(
        table(
            "preview-changes",
            "Vehicles that join or leave",
            List.of(text("change"), text("reason"), number("vehicles"), text("sample vins")),
            change.causes(),
            c ->
                row(
                    c.direction().name(),
                    c.reason(),
                    c.vehicles(),
                    String.join(" ", c.sampleVins()))));
    tables.add(
        table(
            "preview-moves",
            "Vehicles that change their wave",
            List.of(
                number("from wave"), number("to wave"), number("vehicles"), text("sample vins")),
            change.moves(),
            m -> row(m.fromWave(), m.toWave(), m.vehicles(), String.join(" ", m.sampleVins()))));
    return tables;
  }

  private static <T> ReportTable table(
      String name,
      String title,
      List<ReportColumn> columns,
      List<T> items,
      Function<T, List<@Nullable Object>> row) {
    return new ReportTable(name, title, columns, items.stream().map(row).toList());
  }

  private static List<@Nullable Object> row(Object... cells) {
    return Arrays.<@Nullable Object>asList(cells);
  }

  private static ReportColumn text(String header) {
    return new ReportColumn(header, TEXT);
  }

  private static ReportColumn number(String header) {
    return new ReportColumn(header, COUNT);
  }
}
