package convoy.readers.status;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits one CSV record as RFC 4180, section 2, has it: a field is quoted when it starts with a
 * quote, and a quote inside is doubled. A quote further on in an unquoted field is text.
 *
 * @param fields the fields so far
 * @param fault what is wrong
 */
record CsvFields(List<String> fields, Fault fault) {

  /** Whether the record could be split. */
  enum Fault {
    NONE,
    /** A quoted field does not end in this text; the record may go on in the next line. */
    OPEN_QUOTE,
    /** Something other than a comma follows a closing quote. */
    TEXT_AFTER_QUOTE
  }

  static CsvFields split(String record) {
    List<String> fields = new ArrayList<>(12);
    int at = 0;
    while (true) {
      if (at < record.length() && record.charAt(at) == '"') {
        StringBuilder field = new StringBuilder();
        at = quoted(record, at + 1, field);
        if (at < 0) {
          return new CsvFields(fields, Fault.OPEN_QUOTE);
        }
        fields.add(field.toString());
      } else {
        int comma = record.indexOf(',', at);
        int end = comma < 0 ? record.length() : comma;
        fields.add(record.substring(at, end));
        at = end;
      }
      if (at == record.length()) {
        return new CsvFields(fields, Fault.NONE);
      }
      if (record.charAt(at) != ',') {
        return new CsvFields(fields, Fault.TEXT_AFTER_QUOTE);
      }
      at++;
    }
  }

  /** Appends the field's text; the position after its closing quote, or -1 without one. */
  private static int quoted(String record, int from, StringBuilder field) {
    int at = from;
    while (true) {
      int quote = record.indexOf('"', at);
      if (quote < 0) {
        return -1;
      }
      field.append(record, at, quote);
      at = quote + 1;
      if (at == record.length() || record.charAt(at) != '"') {
        return at;
      }
      field.append('"');
      at++;
    }
  }
}
