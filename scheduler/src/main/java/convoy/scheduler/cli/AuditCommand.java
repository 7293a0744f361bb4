package convoy.scheduler.cli;

import convoy.data.duckdb.AuditLog;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "audit", description = "Shows and proves the log of who changed what.")
final class AuditCommand {
  @Command(name = "list", description = "Lists every act, oldest first.")
  int list(@Mixin HomeOptions options) {
    for (AuditLog.Line line : lines(options)) {
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

  private static List<AuditLog.Line> lines(HomeOptions options) {
    return options.read("audit", AuditLog::lines);
  }
}
