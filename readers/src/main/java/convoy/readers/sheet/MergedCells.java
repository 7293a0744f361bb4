package convoy.readers.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;

/**
 * The merged cells of a sheet (ECMA-376 part 1, 18.3.1.55). Excel shows one value over all of them
 * and stores it in the first alone.
 */
public final class MergedCells {
  public static final MergedCells NONE = new MergedCells();

  private static final int MAX_REGIONS = 100_000;
  // Merged titles are wide; no column of an export stands further right than a table has columns.
  private static final int MAX_WIDTH = 256;
  private static final int TAG_BYTES = 120;
  private static final Pattern TAG =
      Pattern.compile("(?:\\w+:)?mergeCell\\s[^>]*?ref\\s*=\\s*[\"']([A-Z]+\\d+:[A-Z]+\\d+)[\"']");

  // By column and first row; regions of one sheet do not overlap.
  private final Map<Integer, NavigableMap<Integer, CellRangeAddress>> regions = new HashMap<>();
  private int count;

  private MergedCells() {}

  /**
   * Reads a sheet's part to its end. A cell's text holds no {@code <}, so tags can be told without
   * an XML reader, which would take as long as reading the rows.
   */
  static MergedCells read(InputStream sheet) throws IOException {
    MergedCells merged = new MergedCells();
    byte[] buffer = new byte[1 << 16];
    StringBuilder tag = new StringBuilder(TAG_BYTES);
    boolean inTag = false;
    for (int n = sheet.read(buffer); n >= 0; n = sheet.read(buffer)) {
      for (int i = 0; i < n; i++) {
        byte b = buffer[i];
        if (b == '<') {
          tag.setLength(0);
          inTag = true;
        } else if (inTag && (b == '>' || tag.length() == TAG_BYTES)) {
          merged.add(tag);
          inTag = false;
        } else if (inTag) {
          tag.append((char) (b & 0xFF));
        }
      }
    }
    return merged;
  }

  private void add(CharSequence tag) {
    Matcher matcher = TAG.matcher(tag);
    if (matcher.lookingAt()) {
      if (++count > MAX_REGIONS) {
        throw Damage.of("more than %d merged cells".formatted(MAX_REGIONS));
      }
      CellRangeAddress region = CellRangeAddress.valueOf(matcher.group(1));
      int last = Math.min(region.getLastColumn(), region.getFirstColumn() + MAX_WIDTH);
      for (int column = region.getFirstColumn(); column <= last; column++) {
        regions.computeIfAbsent(column, c -> new TreeMap<>()).put(region.getFirstRow(), region);
      }
    }
  }

  public boolean isEmpty() {
    return regions.isEmpty();
  }

  /**
   * The name of the cell that holds the value of this one, or null when this one is not merged or
   * holds it itself.
   *
   * @param row 1-based
   * @param column 0-based
   */
  public @Nullable String firstCell(int row, int column) {
    NavigableMap<Integer, CellRangeAddress> ofColumn = regions.get(column);
    Map.Entry<Integer, CellRangeAddress> at =
        ofColumn == null ? null : ofColumn.floorEntry(row - 1);
    if (at == null || !at.getValue().isInRange(row - 1, column)) {
      return null;
    }
    CellRangeAddress region = at.getValue();
    boolean isFirst = region.getFirstRow() == row - 1 && region.getFirstColumn() == column;
    return isFirst ? null : region.formatAsString().replaceFirst(":.*", "");
  }
}
