package convoy.data.campaign;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.trust.CanonicalJson;
import convoy.data.trust.Fields;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the vehicle shows its owner. Each manifest carries all of it.
 *
 * @param defaultLanguage one of the languages: for vehicles that are set to none of them
 * @param texts one or more by language, tags of BCP 47 in their canonical form
 */
public record Notification(String defaultLanguage, Map<String, Text> texts) {
  private static final int MOST_BYTES = 8_192;
  private static final int LONGEST_TITLE = 80;
  private static final int LONGEST_TEXT = 1_000;
  private static final int MOST_LINES = 20;

  /**
   * The words in one language.
   *
   * @param title one line
   * @param text lines with a line feed between them
   */
  public record Text(String title, String text) {
    public Text {
      text = String.join("\n", text.stripTrailing().lines().toList());
      check(
          isShown(title) && isWithin(title, LONGEST_TITLE),
          "title",
          title,
          "one line of 1 to %d characters, without control characters".formatted(LONGEST_TITLE));
      check(
          !text.isBlank()
              && text.lines().allMatch(Notification::isShown)
              && isWithin(text, LONGEST_TEXT)
              && text.lines().count() <= MOST_LINES,
          "text",
          text,
          "1 to %,d characters in %d lines at the most, without control characters"
              .formatted(LONGEST_TEXT, MOST_LINES));
    }

    private static boolean isWithin(String words, int most) {
      return !words.isBlank() && words.codePointCount(0, words.length()) <= most;
    }
  }

  public Notification {
    SortedMap<String, Text> sorted = new TreeMap<>(texts);
    check(!sorted.isEmpty(), "texts", texts, "one language or more");
    for (String language : sorted.keySet()) {
      check(
          isLanguage(language),
          "texts." + language,
          language,
          "a language tag of BCP 47 such as de or en-GB");
    }
    check(
        sorted.containsKey(defaultLanguage),
        "default-language",
        defaultLanguage,
        "one of the languages of texts: " + String.join(", ", sorted.keySet()));
    texts = Collections.unmodifiableSortedMap(sorted);
    int bytes = CanonicalJson.encode(content(defaultLanguage, texts)).length;
    check(
        bytes <= MOST_BYTES,
        "texts",
        "%,d bytes".formatted(bytes),
        "%,d at the most, which each manifest has".formatted(MOST_BYTES));
  }

  /** A tag that is written as BCP 47 recommends, of a language and a region that exist. */
  private static boolean isLanguage(String tag) {
    Locale locale = Locale.forLanguageTag(tag);
    String language = locale.getLanguage();
    String region = locale.getCountry();
    return locale.toLanguageTag().equals(tag)
        && !language.isEmpty()
        && !locale.getDisplayLanguage(Locale.ENGLISH).equals(language)
        && !hasShorterCode(language)
        && (region.isEmpty() || !locale.getDisplayCountry(Locale.ENGLISH).equals(region));
  }

  /** BCP 47, section 2.2.1: a language that has two letters is not written with three. */
  private static boolean hasShorterCode(String language) {
    return language.length() == 3
        && Arrays.stream(Locale.getISOLanguages())
            .anyMatch(two -> Locale.forLanguageTag(two).getISO3Language().equals(language));
  }

  /** Nothing that breaks the line, or makes it read otherwise than it is written. */
  private static boolean isShown(String line) {
    return line.codePoints()
        .noneMatch(
            c ->
                switch (Character.getType(c)) {
                  case Character.CONTROL,
                      Character.LINE_SEPARATOR,
                      Character.PARAGRAPH_SEPARATOR,
                      Character.SURROGATE ->
                      true;
                  default -> isDirectionOverride(c);
                });
  }

  private static boolean isDirectionOverride(int c) {
    return switch (Character.getDirectionality(c)) {
      case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
          Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
          Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
          Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
          Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
          Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE ->
          true;
      default -> false;
    };
  }

  /** How many bytes each manifest has of it. */
  public int bytes() {
    return CanonicalJson.encode(content()).length;
  }

  /** As signed documents say it; {@link #read} reads it. */
  Map<String, Object> content() {
    return content(defaultLanguage, texts);
  }

  private static Map<String, Object> content(String defaultLanguage, Map<String, Text> texts) {
    Map<String, Object> byLanguage = new TreeMap<>();
    texts.forEach(
        (language, words) ->
            byLanguage.put(
                language,
                // As lines: signed text holds no line breaks (docs/formats/update-manifest.md).
                Map.of("title", words.title(), "text", words.text().lines().toList())));
    return Map.of("defaultLanguage", defaultLanguage, "texts", byLanguage);
  }

  static Notification read(Fields fields) {
    Fields byLanguage = fields.object("texts");
    Map<String, Text> texts = new TreeMap<>();
    for (String language : byLanguage.names()) {
      Fields words = byLanguage.object(language);
      List<?> lines = words.list("text");
      if (!lines.stream().allMatch(String.class::isInstance)) {
        throw words.refused("text", "lines of text");
      }
      texts.put(
          language,
          new Text(
              words.text("title"),
              String.join("\n", Arrays.copyOf(lines.toArray(), lines.size(), String[].class))));
    }
    return new Notification(fields.text("defaultLanguage"), texts);
  }
}
