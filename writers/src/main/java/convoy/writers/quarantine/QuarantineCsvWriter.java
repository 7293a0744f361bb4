package convoy.writers.quarantine;

import convoy.writers.report.WholeFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes rejected input as a CSV file: RFC 4180 with a header, UTF-8 without a byte order mark,
 * commas, CRLF. The raw text is kept to the last character, line breaks and quotes included, so
 * that a corrected row can be sent again; therefore no text here is guarded against being taken for
 * a formula: open the file as text, or import its columns as text.
 *
 * <p>Half of a surrogate pair has no UTF-8 form and becomes a question mark. Instances hold no
 * state; threads may share one.
 */
public final class QuarantineCsvWriter {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "file", "sheet", "line", "column", "rule", "found", "expected", "message", "raw")
          .get();

  /**
   * Writes the file whole, or leaves what was there.
   *
   * @param file replaced when it is there; its folder is created when it is not
   * @param lines walked through once
   * @throws convoy.data.error.ConvoyException JOB_FAILED, when the file cannot be written
   */
  public void write(Path file, Iterable<QuarantineLine> lines) {
    WholeFiles.write(file, out -> write(out, lines));
  }

  /** Writes the same into a stream, which stays open. */
  public void write(OutputStream out, Iterable<QuarantineLine> lines) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CSVPrinter printer = new CSVPrinter(writer, FORMAT);
    for (QuarantineLine line : lines) {
      printer.printRecord(
          line.file(),
          line.sheet(),
          line.line(),
          line.column(),
          line.rule(),
          line.found(),
          line.expected(),
          line.message(),
          line.raw());
    }
    writer.flush();
  }
}
