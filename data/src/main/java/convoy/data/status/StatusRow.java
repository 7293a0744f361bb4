package convoy.data.status;

import convoy.data.vehicle.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a status log: an event, or the reasons why it is none and goes to quarantine.
 *
 * @param line the line on which the row starts, from 1
 * @param raw the row's text as it stood, without its line end; bytes that are not UTF-8 are shown
 *     as {@code \xE9}
 * @param event set exactly when there are no rejections
 */
public record StatusRow(
    long line, String raw, @Nullable StatusEvent event, List<Finding> rejections) {

  /** A row that is an event. */
  public static StatusRow of(long line, String raw, StatusEvent event) {
    return new StatusRow(line, raw, event, List.of());
  }

  /** A row that is none. */
  public static StatusRow rejected(long line, String raw, List<Finding> rejections) {
    return new StatusRow(line, raw, null, List.copyOf(rejections));
  }
}
