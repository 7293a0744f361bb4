package convoy.readers.sheet;

import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.jspecify.annotations.Nullable;

/**
 * Pull readers over a workbook's parts. A document type ends the reading: ECMA-376 part 2, section
 * 8.2.5 (M1.17), forbids it, and its entities could point outside or unfold without end.
 */
final class Xml {
  private Xml() {}

  static XMLStreamReader reader(InputStream in) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return new StreamReaderDelegate(factory.createXMLStreamReader(new MarkupLimit(in))) {
      @Override
      public int next() throws XMLStreamException {
        int event = super.next();
        if (event == XMLStreamConstants.DTD) {
          throw new XMLStreamException(Damage.DOCUMENT_TYPE);
        }
        return event;
      }
    };
  }

  static boolean ends(XMLStreamReader xml, int event, String element) {
    return event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals(element);
  }

  /**
   * The text of the element that the reader stands on and of its runs, to the element's end;
   * without phonetic runs, which Excel keeps beside Japanese text and does not show in the cell
   * (ECMA-376 part 1, 18.4.8 and 18.4.6).
   */
  static String richText(XMLStreamReader xml, String element) throws XMLStreamException {
    String first = null;
    StringBuilder all = null;
    for (int event = xml.next(); !ends(xml, event, element); event = xml.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (xml.getLocalName().equals("rPh")) {
          skip(xml, "rPh");
        } else if (xml.getLocalName().equals("t")) {
          String run = xml.getElementText();
          if (first == null) {
            first = run;
          } else {
            all = (all == null ? new StringBuilder(first) : all).append(run);
          }
        }
      }
    }
    return all != null ? all.toString() : first == null ? "" : first;
  }

  private static void skip(XMLStreamReader xml, String element) throws XMLStreamException {
    int event = xml.next();
    while (!ends(xml, event, element)) {
      event = xml.next();
    }
  }

  /** A boolean of XML Schema part 2, section 3.2.2. */
  static boolean isTrue(@Nullable String value) {
    return "1".equals(value) || "true".equals(value);
  }
}
