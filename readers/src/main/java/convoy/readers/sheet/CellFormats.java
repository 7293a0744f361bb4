package convoy.readers.sheet;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a workbook's number formats (ECMA-376 part 1, 18.8.30 and 18.8.10) make of a number, by the
 * index that a cell names. Nothing else of the styles is held.
 */
final class CellFormats {
  // Text in quotes, colours and conditions in brackets, and escaped characters show no time.
  private static final Pattern LITERAL = Pattern.compile("\"[^\"]*\"|\\[[^\\]]{2,}]|\\\\.");
  // Excel's own limit is 65,490.
  private static final int MAX_FORMATS = 1 << 17;
  private static final Format PLAIN = new Format(Shape.NUMBER, 0);

  enum Shape {
    NUMBER,
    DATE,
    DATE_TIME
  }

  /**
   * @param digits at least so many are shown, as by the format 00000; 0 when it says nothing
   */
  record Format(Shape shape, int digits) {}

  private final List<Format> formats;

  private CellFormats(List<Format> formats) {
    this.formats = formats;
  }

  /**
   * @param in the part, null when the workbook has none
   */
  static CellFormats read(@Nullable InputStream in) throws XMLStreamException {
    Map<Integer, String> codes = new HashMap<>();
    List<Format> formats = new ArrayList<>();
    if (in == null) {
      return new CellFormats(formats);
    }
    XMLStreamReader xml = Xml.reader(in);
    boolean ofCells = false;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "numFmt" -> codes.put(number(xml), xml.getAttributeValue(null, "formatCode"));
          case "cellXfs" -> ofCells = true;
          case "xf" -> {
            if (ofCells) {
              formats.add(format(number(xml), codes));
            }
          }
          default -> {}
        }
        if (formats.size() + codes.size() > MAX_FORMATS) {
          throw Damage.of("more than %d cell formats".formatted(MAX_FORMATS));
        }
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("cellXfs")) {
        ofCells = false;
      }
    }
    return new CellFormats(formats);
  }

  private static int number(XMLStreamReader xml) {
    String id = xml.getAttributeValue(null, "numFmtId");
    return id == null ? 0 : Integer.parseInt(id);
  }

  private static Format format(int id, Map<Integer, String> codes) {
    String code = codes.get(id);
    if (code == null) {
      code = BuiltinFormats.getBuiltinFormat(id);
    }
    String shown = LITERAL.matcher(code == null ? "" : code).replaceAll("");
    if (DateUtil.isADateFormat(id, shown)) {
      boolean time = shown.chars().anyMatch(c -> "hHsS".indexOf(c) >= 0);
      return new Format(time ? Shape.DATE_TIME : Shape.DATE, 0);
    }
    boolean zeros = shown.length() > 1 && shown.chars().allMatch(c -> c == '0');
    return zeros ? new Format(Shape.NUMBER, shown.length()) : PLAIN;
  }

  /** The format of that index; plain numbers where the workbook does not have it. */
  Format get(int style) {
    return style >= 0 && style < formats.size() ? formats.get(style) : PLAIN;
  }
}
