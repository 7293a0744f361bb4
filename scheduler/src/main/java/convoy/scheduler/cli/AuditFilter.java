package convoy.scheduler.cli;

import convoy.data.duckdb.AuditLog;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which acts of the audit log to list. */
final class AuditFilter {
  @Option(
      names = "--subject",
      paramLabel = "TEXT",
      description = "Only acts on this campaign, update, file or image.")
  private @Nullable String subject;

  @Option(names = "--who", paramLabel = "OPERATOR", description = "Only acts of this one.")
  private @Nullable String who;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only acts from then on: a day, 2026-11-01, or a time, 2026-11-01T12:00:00Z.")
  private @Nullable String since;

  /**
   * Whether a line is asked for.
   *
   * @throws ConvoyException USAGE when --since is no time
   */
  Predicate<AuditLog.Line> predicate() {
    Instant from = since == null ? Instant.MIN : time(since);
    return line ->
        (subject == null || line.subject().equals(subject))
            && (who == null || line.who().equals(who))
            && !line.at().isBefore(from);
  }

  private static Instant time(String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "--since '%s': expected a day such as 2026-11-01, or a time such as 2026-11-01T12:00:00Z"
              .formatted(text),
          e);
    }
  }
}
