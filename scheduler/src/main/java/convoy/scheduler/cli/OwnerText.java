package convoy.scheduler.cli;

import convoy.data.campaign.Notification;
import convoy.data.campaign.OwnerTerms;
import java.util.ArrayList;
import java.util.List;

/** What owners are asked and told, for the screen. */
final class OwnerText {
  private OwnerText() {}

  /** On one line, with the languages alone. */
  static String line(OwnerTerms owner) {
    Notification notification = owner.notification();
    return "owner       "
        + owner.consent().sentence()
        + (notification == null
            ? ""
            : "; notification in " + String.join(", ", notification.texts().keySet()));
  }

  /** With all words. */
  static List<String> lines(OwnerTerms owner) {
    List<String> lines = new ArrayList<>();
    lines.add("owner       " + owner.consent().sentence());
    Notification notification = owner.notification();
    if (notification != null) {
      notification
          .texts()
          .forEach(
              (language, words) -> {
                boolean isDefault = language.equals(notification.defaultLanguage());
                lines.add(
                    "tells %-5s %s%s"
                        .formatted(language, words.title(), isDefault ? " (default)" : ""));
                words.text().lines().forEach(text -> lines.add("            " + text));
              });
      lines.add(
          "            %,d bytes of each manifest, before it is packed"
              .formatted(notification.bytes()));
    }
    return lines;
  }
}
