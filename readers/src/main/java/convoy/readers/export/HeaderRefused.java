package convoy.readers.export;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The refusal of a file for its header, with the header, for those who help to mend it. */
final class HeaderRefused extends ConvoyException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String sheet;
  private final long line;

  @SuppressWarnings("serial") // a list of texts
  private final List<String> header;

  HeaderRefused(@Nullable String sheet, long line, List<String> header, ConvoyException refusal) {
    super(ErrorCode.INPUT_REFUSED, String.valueOf(refusal.getMessage()));
    this.sheet = sheet;
    this.line = line;
    this.header = List.copyOf(header);
  }

  /** The sheet of a workbook, null in a text file. */
  @Nullable String sheet() {
    return sheet;
  }

  long line() {
    return line;
  }

  List<String> header() {
    return header;
  }
}
