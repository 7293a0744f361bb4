package convoy.scheduler.cli;

import convoy.jobs.registerdefinitions.AudienceCheck.Confirmation;
import java.io.Console;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the person at the terminal whether to go on. */
final class Question {
  private static final Set<String> YES = Set.of("y", "yes");

  private Question() {}

  /**
   * Asks, where there is someone to ask. Do not hold the store meanwhile.
   *
   * @param what of which someone has to say that it is meant so
   * @return MISSING without a terminal
   */
  // As with passwords: from JDK 22 on there is always a console, unless jdk.console=java.base.
  @SuppressWarnings("SystemConsoleNull")
  static Confirmation ask(String what) {
    Console console = System.console();
    return console == null
        ? Confirmation.MISSING
        : answered(console.readLine("%s; continue? [y/N] ", what));
  }

  /**
   * What an answer means; anything but a yes is a no.
   *
   * @param answer null when the input has ended
   */
  static Confirmation answered(@Nullable String answer) {
    return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT))
        ? Confirmation.GIVEN
        : Confirmation.MISSING;
  }
}
