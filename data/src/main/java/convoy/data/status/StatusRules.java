package convoy.data.status;

import convoy.data.vehicle.Finding;
import convoy.data.vehicle.Vin;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules for a single row of a status log (docs/formats/status-log.md). */
public final class StatusRules {
  /**
   * The header of a table whose times are UTC where they have no offset, in place of {@code at}.
   */
  public static final String AT_UTC = "at_utc";

  /** The rule that a time breaks which is none, or has no offset where it needs one. */
  public static final String AT_FORMAT = "AT_FORMAT";

  // Integers above 2^53 do not survive canonical JSON, so no manifest has such a version.
  private static final long HIGHEST_VERSION = 1L << 53;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  /** Before it no vehicle reported anything: a clock that shows it is wrong. */
  public static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private static final DateTimeFormatter OFFSET_OR_NONE =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter(Locale.ROOT);

  /** What a time without an offset is. */
  public enum Times {
    /** No time: an offset is needed. */
    WITH_OFFSET,
    /** A time in UTC. */
    UTC
  }

  private final Map<StatusColumn, String> values;
  private final Times times;
  private final List<Finding> rejections = new ArrayList<>();

  private StatusRules(Map<StatusColumn, String> values, Times times) {
    this.values = values;
    this.times = times;
  }

  /**
   * The row as an event, or with every reason why it is none.
   *
   * @param values the text of each column as it stood; an absent one is the empty string or missing
   */
  public static StatusRow check(
      long line, String raw, Map<StatusColumn, String> values, Times times) {
    StatusRules rules = new StatusRules(values, times);
    StatusEvent event = rules.event();
    return event == null
        ? StatusRow.rejected(line, raw, rules.rejections)
        : StatusRow.of(line, raw, event);
  }

  private @Nullable StatusEvent event() {
    String eventId = required(StatusColumn.EVENT_ID, "the vehicle's id of the event");
    Instant at = at();
    String vin = vin();
    String module = required(StatusColumn.MODULE, "a module such as GATEWAY");
    String campaign = required(StatusColumn.CAMPAIGN, "the campaign's id");
    long manifestVersion = number(StatusColumn.MANIFEST_VERSION, HIGHEST_VERSION);
    int attempt = (int) number(StatusColumn.ATTEMPT, Integer.MAX_VALUE);
    ReportedState state = state();
    String version = optional(StatusColumn.REPORTED_VERSION);
    if (state == ReportedState.INSTALLED && version == null) {
      reject(
          "REPORTED_VERSION_MISSING",
          StatusColumn.REPORTED_VERSION,
          "the version that the ECU now runs, such as 2.1.0");
    }
    if (at == null || state == null || !rejections.isEmpty()) {
      return null;
    }
    String text = value(StatusColumn.TEXT);
    return new StatusEvent(
        eventId,
        at,
        vin,
        module,
        campaign,
        manifestVersion,
        attempt,
        state,
        version,
        optional(StatusColumn.ERROR_CODE),
        text.isBlank() ? null : text);
  }

  private @Nullable Instant at() {
    String text = value(StatusColumn.AT).strip();
    try {
      Instant at = parsed(text).truncatedTo(ChronoUnit.MICROS);
      if (!at.isBefore(EARLIEST)) {
        return at;
      }
      reject(
          "AT_BEFORE_2000",
          StatusColumn.AT,
          "a time since 2000; the vehicle's clock seems to have been reset");
    } catch (DateTimeException e) {
      reject(AT_FORMAT, StatusColumn.AT, "a time with its offset such as 2026-03-01T02:15:00Z");
    }
    return null;
  }

  private Instant parsed(String text) {
    if (times == Times.WITH_OFFSET) {
      return OffsetDateTime.parse(text).toInstant();
    }
    TemporalAccessor time =
        OFFSET_OR_NONE.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    return time instanceof OffsetDateTime known
        ? known.toInstant()
        : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
  }

  private String vin() {
    String vin = required(StatusColumn.VIN, "a VIN of 17 characters").toUpperCase(Locale.ROOT);
    if (!vin.isEmpty() && !Vin.isWellFormed(vin)) {
      reject("VIN_FORMAT", StatusColumn.VIN, "17 digits and capital letters without I, O and Q");
    }
    return vin;
  }

  private @Nullable ReportedState state() {
    String text = value(StatusColumn.STATE).strip().toUpperCase(Locale.ROOT);
    for (ReportedState state : ReportedState.values()) {
      if (state.name().equals(text)) {
        return state;
      }
    }
    reject(
        "STATE_UNKNOWN",
        StatusColumn.STATE,
        "one of "
            + Arrays.stream(ReportedState.values())
                .map(ReportedState::name)
                .collect(Collectors.joining(", ")));
    return null;
  }

  private long number(StatusColumn column, long highest) {
    String text = value(column).strip();
    if (NUMBER.matcher(text).matches()) {
      long number = Long.parseLong(text);
      if (number >= 1 && number <= highest) {
        return number;
      }
    }
    reject(column.name() + "_RANGE", column, "a whole number from 1 to " + highest);
    return 0;
  }

  private String required(StatusColumn column, String expected) {
    String text = value(column).strip();
    if (text.isEmpty()) {
      reject(column.name() + "_MISSING", column, expected);
    }
    return text;
  }

  private @Nullable String optional(StatusColumn column) {
    String text = value(column).strip();
    return text.isEmpty() ? null : text;
  }

  private String value(StatusColumn column) {
    return values.getOrDefault(column, "");
  }

  private void reject(String rule, StatusColumn column, String expected) {
    rejections.add(new Finding(rule, column.header(), value(column), expected));
  }
}
