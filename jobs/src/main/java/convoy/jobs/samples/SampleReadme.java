package convoy.jobs.samples;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The README of data/samples: what each file is, what an import must report, what exists. */
final class SampleReadme {
  private SampleReadme() {}

  static SampleDefinitions.Document of(SampleSpec spec, List<SampleTally> tallies) {
    String text =
        HEAD.formatted(spec.vehicles(), spec.seed(), spec.badRows(), spec.exportedAt())
            + rowTable(tallies)
            + FAULTS_HEAD
            + faultTable(tallies)
            + FAULTS_TAIL
            + moduleTable();
    return new SampleDefinitions.Document("README.md", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String rowTable(List<SampleTally> tallies) {
    StringBuilder table = new StringBuilder();
    table.append("| file | rows | accepted | quarantined |\n|---|---:|---:|---:|\n");
    for (SampleTally tally : tallies) {
      table.append(
          "| %s | %d | %d | %d |\n"
              .formatted(title(tally), tally.rows(), tally.goodRows(), tally.badRows()));
    }
    long rows = tallies.stream().mapToLong(SampleTally::rows).sum();
    long good = tallies.stream().mapToLong(SampleTally::goodRows).sum();
    long bad = tallies.stream().mapToLong(SampleTally::badRows).sum();
    return table.append("| all | %d | %d | %d |\n".formatted(rows, good, bad)).toString();
  }

  private static String faultTable(List<SampleTally> tallies) {
    TreeSet<String> rules = new TreeSet<>();
    tallies.forEach(tally -> rules.addAll(tally.badRowsByRule().keySet()));
    StringBuilder table = new StringBuilder("| rule |");
    tallies.forEach(tally -> table.append(' ').append(title(tally)).append(" |"));
    table.append(" what is wrong |\n|---|").append("---:|".repeat(tallies.size())).append("---|\n");
    for (String rule : rules) {
      table.append("| ").append(rule).append(" |");
      for (SampleTally tally : tallies) {
        table.append(" %d |".formatted(tally.badRowsByRule().getOrDefault(rule, 0L)));
      }
      table.append(' ').append(titles(rule)).append(" |\n");
    }
    return table.toString();
  }

  private static String titles(String rule) {
    return List.of(Fault.values()).stream()
        .filter(fault -> fault.rule().equals(rule))
        .map(Fault::title)
        .collect(Collectors.joining("; "));
  }

  private static String moduleTable() {
    StringBuilder table = new StringBuilder();
    table.append("| module | versions | releases, oldest first | hardware |\n|---|---|---|---|\n");
    for (SampleModule module : SampleModule.values()) {
      String releases =
          module.releases().stream()
              .map(SampleModule.Release::version)
              .collect(Collectors.joining(", "));
      String hardware =
          module.hardware().stream()
              .map(part -> part.part() + " " + part.version() + " " + part.protocol())
              .collect(Collectors.joining(", "));
      table.append(
          "| %s | %s | %s | %s |\n".formatted(module.name(), module.scheme(), releases, hardware));
    }
    return table.toString();
  }

  private static String title(SampleTally tally) {
    return tally.sheet() == null ? tally.file() : tally.file() + ", sheet " + tally.sheet();
  }

  private static final String HEAD =
      """
      # Sample data

      A made-up fleet of %1$d vehicles of one group with three plants, as the plants would export it, and
      two updates with a campaign each. Models, vehicles, parts and numbers are invented; the world
      manufacturer identifiers in the VINs (WVW, 3VW, LSV) are real, and every check digit is right
      unless it is wrong on purpose.

      | file | what it is |
      |---|---|
      | wolfsburg-vehicles.csv, wolfsburg-ecus.csv | two CSV files: comma, UTF-8, LF, the canonical headers; certificates of GATEWAY, ABS and INFOTAINMENT in the newer half of the vehicles |
      | puebla-export.xlsx | a workbook with the sheets Vehicles and ECUs; dates are real date cells |
      | shanghai-flat.csv | one row for each ECU with its vehicle's columns repeated: semicolon, UTF-8 with BOM, CR LF, headers in words |
      | updates/abs-brake-hold.yaml | a safety recall: one module, two of its three hardware parts |
      | updates/infotainment-gateway.yaml | a feature update of two modules, the gateway first |
      | updates/images/*.bin | images that stand for software: a line of text, then random bytes |
      | campaigns/*.yaml | a campaign for each update |

      Everything here is written by `convoy.jobs.samples.SampleData.writePublished` from the seed %2$d, with
      %3$d bad rows and the export time %4$s; a test writes it again and compares. The same generator
      makes fleets of any size, up to 15 million ECUs.

      The certificates are of a CA that is made up too. Their private keys follow from the seed, so that
      they are no secret, and lie in no file here: `./convoy samples DIR --ecu-keys DIR` writes them.

      ## What an import must report

      """;

  private static final String FAULTS_HEAD =
      """

      Rows are counted below the header; in the flat file a row is one ECU. Each bad row breaks one rule
      and is one too many: it is about a vehicle or an ECU that no good row describes, so that refusing
      it changes nothing for the rest. A repeated row comes after the one that it repeats.

      """;

  private static final String FAULTS_TAIL =
      """

      Not wrong, and accepted: a VIN in lower case with spaces around it (every 97th vehicle), an empty
      calibration, a calibration with a comma in it ("CAL-0300, cold climate").

      ## Modules, releases and hardware

      Older vehicles mostly have older releases and hardware. The brake update is for the Aldera, Brevik
      and Corvena with ABS 2.0.0 to 2.0.5 on 5Q0-614-517-B and -C; the feature update is for INFOTAINMENT
      5.3.1 to 5.4.2 on 3G0-035-820-C together with GATEWAY 3.1.0 to 3.2.1. About half of the fleet can
      take one or the other.

      """;
}
