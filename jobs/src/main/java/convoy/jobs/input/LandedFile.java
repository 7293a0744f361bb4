package convoy.jobs.input;

import convoy.data.duckdb.ImportLedger;
import java.util.Locale;

/** What is said of a file that was taken over. */
final class LandedFile {
  private LandedFile() {}

  /** Its rows by what became of them, and what else is worth a look. */
  static String inWords(ImportLedger.Entry entry) {
    var rows = entry.rows();
    var notes = entry.notes();
    return "%,d rows read, %,d accepted, %,d unchanged, %,d quarantined"
            .formatted(rows.read(), rows.accepted(), rows.unchanged(), rows.quarantined())
        + some(notes.warned(), "; rows with warnings: %,d")
        + some(notes.released(), "; ECUs taken over that had waited for their vehicle: %,d")
        + some(notes.missing(), "; known vehicles that this full export lacks: %,d");
  }

  private static String some(long count, String words) {
    return count == 0 ? "" : String.format(Locale.ROOT, words, count);
  }
}
