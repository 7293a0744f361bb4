package convoy.data.duckdb;

/**
 * How the rows of one file were accounted for. No input row vanishes: rule 3 of ARCHITECTURE.md.
 */
public record RowCounts(long read, long accepted, long unchanged, long quarantined) {
  public RowCounts {
    if (read != accepted + unchanged + quarantined) {
      throw new IllegalStateException(
          "rows read %d are not accepted %d + unchanged %d + quarantined %d"
              .formatted(read, accepted, unchanged, quarantined));
    }
  }

  public static final RowCounts NONE = new RowCounts(0, 0, 0, 0);
}
