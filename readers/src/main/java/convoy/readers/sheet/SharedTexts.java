package convoy.readers.sheet;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A workbook's shared strings (ECMA-376 part 1, 18.4.9), held as UTF-8 beside each other: a few
 * bytes more than their text, whereas POI's table costs some 60 bytes more for each.
 */
final class SharedTexts {
  /** The most that is held: ten times what a full sheet of 16 columns needs for its serials. */
  static final int MAX_BYTES = 256 << 20;

  private static final int PAGE = 1 << 20;

  private final List<byte[]> pages = new ArrayList<>();
  // Where each text starts; the last is where the next one would.
  private int[] starts = new int[1024];
  private int count;

  /**
   * @param in the part, null when the workbook has none
   */
  static SharedTexts read(@Nullable InputStream in) throws XMLStreamException {
    SharedTexts texts = new SharedTexts();
    if (in == null) {
      return texts;
    }
    XMLStreamReader xml = Xml.reader(in);
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("si")) {
        texts.add(Xml.richText(xml, "si"));
      }
    }
    return texts;
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (count + 1 == starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    int at = starts[count];
    if (bytes.length > MAX_BYTES - at || count > MAX_BYTES / 8) {
      throw Damage.of("more than %d MB of shared strings".formatted(MAX_BYTES >> 20));
    }
    for (int from = 0; from < bytes.length; ) {
      int page = (at + from) / PAGE;
      if (page == pages.size()) {
        pages.add(new byte[PAGE]);
      }
      int offset = (at + from) % PAGE;
      int length = Math.min(bytes.length - from, PAGE - offset);
      System.arraycopy(bytes, from, pages.get(page), offset, length);
      from += length;
    }
    starts[++count] = at + bytes.length;
  }

  /**
   * The text of that index.
   *
   * @throws IllegalArgumentException when there is none
   */
  String get(int index) {
    if (index < 0 || index >= count) {
      throw Damage.of("shared string %d of %d".formatted(index, count));
    }
    int at = starts[index];
    int length = starts[index + 1] - at;
    int offset = at % PAGE;
    if (offset + length <= PAGE) {
      return length == 0
          ? ""
          : new String(pages.get(at / PAGE), offset, length, StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      int part = Math.min(length - done, PAGE - (at + done) % PAGE);
      System.arraycopy(pages.get((at + done) / PAGE), (at + done) % PAGE, bytes, done, part);
      done += part;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
