package convoy.writers.report;

/**
 * One column of a report.
 *
 * @param header the column's title, as people read it, with its unit where it has one
 * @param kind what its cells hold
 */
public record ReportColumn(String header, ColumnKind kind) {}
