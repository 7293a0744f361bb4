package convoy.jobs.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;

/**
 * What the report of a night says, for the page: its files, its campaigns, causes, workshop list.
 */
final class StoryReports {
  private StoryReports() {}

  static List<String> of(StoryHome home, int night) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("### The report of night " + night);
    lines.add("");
    for (CSVRecord file : home.report(night, "files")) {
      lines.add(
          "- " + cells(file, List.of("File", "Read", "Accepted", "Unchanged", "Quarantined")));
    }
    for (CSVRecord campaign : home.report(night, "campaigns")) {
      lines.add(
          "- %s %s: %s"
              .formatted(
                  campaign.get("Campaign"),
                  campaign.get("State"),
                  campaign.toMap().entrySet().stream()
                      .filter(cell -> !cell.getKey().equals("Priority"))
                      .filter(cell -> cell.getValue().matches("[1-9][0-9]*"))
                      .map(StoryReports::cell)
                      .collect(Collectors.joining(", "))));
    }
    List<String> causes = List.of("Campaign", "Cause", "Module", "Vehicles", "Retry due", "Final");
    table(lines, home.report(night, "failures"), causes, "Causes of failure");
    List<String> workshop =
        List.of("Campaign", "VIN", "Module", "Found version", "Expected version", "Cause", "Why");
    List<CSVRecord> listed = home.report(night, "workshop");
    assertThat(home.sheet(night, "Workshop", workshop))
        .as("the workbook lists what the CSV file does")
        .isEqualTo(listed.stream().map(row -> workshop.stream().map(row::get).toList()).toList());
    table(lines, listed, workshop, "The workshop list");
    lines.add("");
    return lines;
  }

  private static void table(
      List<String> lines, List<CSVRecord> rows, List<String> columns, String title) {
    lines.add("");
    if (rows.isEmpty()) {
      lines.add(title + ": empty.");
      return;
    }
    lines.add(title + ":");
    lines.add("");
    lines.add("| " + String.join(" | ", columns) + " |");
    lines.add("|" + "---|".repeat(columns.size()));
    for (CSVRecord row : rows) {
      lines.add(columns.stream().map(row::get).collect(Collectors.joining(" | ", "| ", " |")));
    }
  }

  private static String cells(CSVRecord row, List<String> columns) {
    return row.get(columns.get(0))
        + ": "
        + columns.stream()
            .skip(1)
            .map(column -> cell(Map.entry(column, row.get(column))))
            .collect(Collectors.joining(", "));
  }

  private static String cell(Map.Entry<String, String> cell) {
    return cell.getValue() + " " + cell.getKey().toLowerCase(Locale.ROOT);
  }
}
