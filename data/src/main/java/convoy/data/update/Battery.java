package convoy.data.update;

import static convoy.data.update.DefinitionChecks.check;

import java.util.regex.Pattern;

/**
 * The least charge of a vehicle's battery, written {@code 50%}.
 *
 * @param percent 1 to 100
 */
public record Battery(int percent) {
  private static final Pattern TEXT = Pattern.compile("[1-9][0-9]?%|100%");

  public Battery {
    check(percent >= 1 && percent <= 100, "percent", percent, "1 to 100");
  }

  /**
   * Reads whole percents.
   *
   * @throws IllegalArgumentException when it is anything else; the message begins with the text in
   *     quotes
   */
  public static Battery parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'%s': expected whole percents from 1%% to 100%% such as 50%%".formatted(text));
    }
    return new Battery(Integer.parseInt(text.substring(0, text.length() - 1)));
  }
}
