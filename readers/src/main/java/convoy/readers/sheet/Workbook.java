package convoy.readers.sheet;

import convoy.data.error.ConvoyException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.jspecify.annotations.Nullable;

/**
 * An opened .xlsx workbook: its sheets in order, and a stream over each. Held in memory are the
 * shared strings and the number formats, never a sheet. POI's limits against zip bombs stay in
 * force.
 */
public final class Workbook implements Closeable {
  private static final int MAX_SHEETS = 10_000;
  public static final String EXPECTED = "an .xlsx workbook that Excel opens";

  private final String name;
  private final OPCPackage zip;
  private final XSSFReader parts;
  private final CellText cells;
  private final List<Sheet> sheets;

  /** How exactly cells with a time are read; Excel keeps some microseconds. */
  public enum Times {
    SECONDS,
    MILLISECONDS
  }

  /**
   * One sheet as the workbook lists it.
   *
   * @param id the relation to the sheet's part
   */
  public record Sheet(String name, String id, boolean hidden) {}

  private Workbook(Path path, OPCPackage zip, Times times)
      throws IOException, OpenXML4JException, XMLStreamException {
    this.name = Refusal.name(path);
    this.zip = zip;
    this.parts = new XSSFReader(zip);
    Index index = Index.read(parts);
    this.sheets = index.sheets();
    try (InputStream texts = parts.getSharedStringsData();
        InputStream styles = parts.getStylesData()) {
      this.cells =
          new CellText(SharedTexts.read(texts), CellFormats.read(styles), index.from1904(), times);
    }
  }

  /**
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when the file is cut off or otherwise
   *     no workbook
   */
  public static Workbook open(Path path, Times times) {
    OPCPackage zip = null;
    try {
      ZipParts.check(path);
      zip = OPCPackage.open(path.toFile(), PackageAccess.READ);
      return new Workbook(path, zip, times);
    } catch (ConvoyException e) {
      throw e;
    } catch (IOException | OpenXML4JException | XMLStreamException | RuntimeException e) {
      if (zip != null) {
        zip.revert();
      }
      // POI tells of damage with many unchecked exceptions; all of them mean the same here.
      throw Refusal.of(
          Refusal.name(path), Damage.found(e, "a damaged or cut off workbook"), EXPECTED, e);
    }
  }

  public String name() {
    return name;
  }

  public List<Sheet> sheets() {
    return sheets;
  }

  public SheetRows rows(Sheet sheet) {
    String where = "%s sheet '%s'".formatted(name, sheet.name());
    try {
      return new SheetRows(where, parts.getSheet(sheet.id()), cells);
    } catch (IOException | OpenXML4JException | XMLStreamException | RuntimeException e) {
      throw Refusal.of(where, Damage.found(e, "damaged"), EXPECTED, e);
    }
  }

  /** The merged cells of a sheet; they stand at its end, so this reads all of it. */
  public MergedCells merged(Sheet sheet) {
    String where = "%s sheet '%s'".formatted(name, sheet.name());
    try (InputStream in = parts.getSheet(sheet.id())) {
      return MergedCells.read(in);
    } catch (IOException | OpenXML4JException | RuntimeException e) {
      throw Refusal.of(where, Damage.found(e, "damaged"), EXPECTED, e);
    }
  }

  @Override
  public void close() {
    // Opened for reading: revert closes without an attempt to write.
    zip.revert();
  }

  /** What workbook.xml says; POI's own iterator over sheets does not tell which are hidden. */
  private record Index(List<Sheet> sheets, boolean from1904) {
    static Index read(XSSFReader parts) throws IOException, OpenXML4JException, XMLStreamException {
      List<Sheet> sheets = new ArrayList<>();
      boolean from1904 = false;
      try (InputStream in = parts.getWorkbookData()) {
        XMLStreamReader xml = Xml.reader(in);
        while (xml.hasNext()) {
          if (xml.next() == XMLStreamConstants.START_ELEMENT) {
            switch (xml.getLocalName()) {
              case "workbookPr" -> from1904 = Xml.isTrue(xml.getAttributeValue(null, "date1904"));
              case "sheet" -> {
                if (sheets.size() == MAX_SHEETS) {
                  throw Damage.of("more than %d sheets".formatted(MAX_SHEETS));
                }
                sheets.add(sheet(xml));
              }
              default -> {}
            }
          }
        }
      }
      return new Index(List.copyOf(sheets), from1904);
    }

    private static Sheet sheet(XMLStreamReader xml) {
      String name = "";
      String id = "";
      @Nullable String state = null;
      for (int i = 0; i < xml.getAttributeCount(); i++) {
        switch (xml.getAttributeLocalName(i)) {
          case "name" -> name = xml.getAttributeValue(i);
          case "id" -> id = xml.getAttributeValue(i);
          case "state" -> state = xml.getAttributeValue(i);
          default -> {}
        }
      }
      return new Sheet(name, id, state != null && !state.equals("visible"));
    }
  }
}
