package convoy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log of an installation, in which Spring Batch says how long each job and step took. */
record JobLog(List<String> lines) {
  private static final Pattern JOB =
      Pattern.compile("Job: \\[.*?name=(\\w+)\\]+ completed .* in (\\w+)$");
  private static final Pattern STEP = Pattern.compile("Step: \\[(\\w+)] executed in (\\w+)$");
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|m|s|h)");

  static JobLog of(Path home) throws IOException {
    Path file = home.resolve("logs").resolve("convoy.log");
    return new JobLog(Files.exists(file) ? Files.readAllLines(file) : List.of());
  }

  /** The seconds that each job took since then, by its name. */
  Map<String, Double> since(JobLog before) {
    return seconds(JOB, lines.subList(before.lines().size(), lines.size()));
  }

  /** The seconds that each step took, by its name. */
  Map<String, Double> steps() {
    return seconds(STEP, lines);
  }

  private static Map<String, Double> seconds(Pattern pattern, List<String> lines) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (String line : lines) {
      Matcher found = pattern.matcher(line);
      if (found.find()) {
        seconds.merge(found.group(1), seconds(found.group(2)), Double::sum);
      }
    }
    return seconds;
  }

  /** As Spring Batch writes it, such as {@code 1m2s345ms}. */
  private static double seconds(String text) {
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      long number = Long.parseLong(part.group(1));
      sum =
          sum.plus(
              switch (part.group(2)) {
                case "h" -> Duration.ofHours(number);
                case "m" -> Duration.ofMinutes(number);
                case "s" -> Duration.ofSeconds(number);
                default -> Duration.ofMillis(number);
              });
    }
    return sum.toMillis() / 1e3;
  }
}
