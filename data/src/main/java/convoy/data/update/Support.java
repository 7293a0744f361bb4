package convoy.data.update;

import static convoy.data.update.DefinitionChecks.check;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where workshops and owners get help with an update.
 *
 * @param contact a person, a team or a number; null: none is named
 * @param url a page; null: none is named
 * @param text any number of lines; null: none
 */
public record Support(@Nullable String contact, @Nullable String url, @Nullable String text) {
  public static final Support NONE = new Support(null, null, null);

  public Support {
    if (contact != null) {
      DefinitionChecks.line("contact", contact);
    }
    if (url != null) {
      check(isPage(url), "url", url, "an address such as https://support.example/update");
    }
  }

  private static boolean isPage(String url) {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** As signed documents say it: the text as lines, what is not said left out. */
  public Map<String, Object> content() {
    Map<String, Object> content = new TreeMap<>();
    if (contact != null) {
      content.put("contact", contact);
    }
    if (url != null) {
      content.put("url", url);
    }
    if (text != null) {
      content.put("text", text.lines().toList());
    }
    return content;
  }
}
