package convoy.scheduler.cli;

import convoy.data.duckdb.AuditLog;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "audit", description = "Shows and proves the log of who changed what.")
final class AuditCommand {
  @Command(name = "list", description = "Lists acts, oldest first.")
  int list(
      @Mixin HomeOptions options,
      @Mixin AuditFilter filter,
      @Option(names = "--json", description = "One JSON document.") boolean isJson) {
    List<AuditLog.Line> asked = lines(options).stream().filter(filter.predicate()).toList();
    if (isJson) {
      options.console().line(ScreenJson.of(asked.stream().map(AuditCommand::document).toList()));
      return 0;
    }
    for (AuditLog.Line line : asked) {
      options
          .console()
          .line(
              "%6d %s %-10s %-20s %s  %s"
                  .formatted(
                      line.seq(),
                      line.at(),
                      line.who(),
                      line.act(),
                      line.subject(),
                      Objects.requireNonNullElse(line.after(), "")));
    }
    return 0;
  }

  @Command(name = "verify", description = "Proves that no act was altered or taken out.")
  int verify(@Mixin HomeOptions options) {
    List<AuditLog.Line> lines = lines(options);
    AuditLog.fault(lines)
        .ifPresent(
            fault -> {
              throw new ConvoyException(ErrorCode.NOT_TRUSTED, fault);
            });
    options
        .console()
        .line(
            "%,d acts, none altered or taken out; the last has hash %s"
                .formatted(
                    lines.size(), lines.isEmpty() ? "none" : lines.get(lines.size() - 1).hash()));
    return 0;
  }

  private static Map<String, @Nullable Object> document(AuditLog.Line line) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("seq", line.seq());
    document.put("at", line.at().toString());
    document.put("who", line.who());
    document.put("act", line.act());
    document.put("subject", line.subject());
    document.put("before", line.before());
    document.put("after", line.after());
    document.put("hash", line.hash());
    return document;
  }

  private static List<AuditLog.Line> lines(HomeOptions options) {
    return options.read("audit", AuditLog::lines);
  }
}
