package convoy.readers.status;

import convoy.data.status.StatusRow;
import convoy.data.vehicle.Finding;
import java.util.List;

/** Rejections of a row that cannot be taken apart at all. */
final class RowRejections {
  private RowRejections() {}

  static StatusRow encoding(RawLine line) {
    return whole(line, "ENCODING", "text in UTF-8");
  }

  static StatusRow whole(RawLine line, String rule, String expected) {
    return whole(line, rule, line.text(), expected);
  }

  static StatusRow whole(RawLine line, String rule, String found, String expected) {
    return StatusRow.rejected(
        line.number(), line.text(), List.of(new Finding(rule, "", found, expected)));
  }
}
