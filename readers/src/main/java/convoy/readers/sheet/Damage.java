package convoy.readers.sheet;

import org.jspecify.annotations.Nullable;

/** What makes a workbook unreadable, in words; POI and the XML reader tell of it in many ways. */
final class Damage {
  static final String DOCUMENT_TYPE = "a document type (DTD) in its XML, which no workbook has";
  static final String LONG_TEXT =
      "a text or tag of more than %d bytes, which no spreadsheet writes"
          .formatted(MarkupLimit.MAX_BYTES);

  private Damage() {}

  /**
   * The words for a failure, or the given ones for damage of any other kind.
   *
   * @param otherwise such as "damaged"
   */
  static String found(Throwable failure, String otherwise) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String words = words(String.valueOf(cause.getMessage()));
      if (words != null) {
        return words;
      }
    }
    return otherwise;
  }

  private static @Nullable String words(String message) {
    if (message.contains("Zip bomb")) {
      return "a part that unpacks to more than 100 times its size (a zip bomb)";
    }
    if (message.contains("DOCTYPE") || message.contains(DOCUMENT_TYPE)) {
      return DOCUMENT_TYPE;
    }
    if (message.contains("Strict OOXML")) {
      return "a workbook saved as Strict Open XML Spreadsheet";
    }
    if (message.contains(LONG_TEXT)) {
      return LONG_TEXT;
    }
    return message.startsWith(SAID) ? message.substring(SAID.length()) : null;
  }

  private static final String SAID = "found ";

  /** A failure whose words are for people as they stand. */
  static IllegalArgumentException of(String found) {
    return new IllegalArgumentException(SAID + found);
  }
}
