package convoy.data.vehicle;

/**
 * The rules that one row of an export must keep on its own, each with what it expects. The name is
 * the rule's id in the quarantine.
 */
public enum RowRule {
  /** Every byte of a value can be read in the file's encoding. */
  ENCODING("text in UTF-8, or in UTF-16 when the file starts with a byte order mark"),
  /** A text row has as many cells as the header; a cell too few or many shifts the others. */
  COLUMN_COUNT("as many columns as the header has"),
  /** Quoted cells are as RFC 4180 section 2 has them. */
  QUOTES("a quoted cell that ends with a quote, with each quote inside it doubled"),
  /** A line of JSON Lines is one object of plain values, with keys that the first rows know. */
  JSON("one JSON object a line, with texts, numbers, true, false or null, each key once"),
  /** No line breaks and other control characters: values end up in signed manifests. */
  CONTROL_CHARACTER("text without line breaks and other control characters"),
  /** A column that the kind of table requires has a value. */
  MISSING_VALUE("a value"),
  /** ISO 3779. */
  VIN_SHAPE("17 digits and letters without I, O and Q, such as 1M8GDM9AXKP042788"),
  /** 49 CFR 565.15(c). */
  VIN_CHECK_DIGIT("the check digit of 49 CFR 565.15(c) in position 9"),
  /** From 1980, when 17-character VINs began, to next year. */
  MODEL_YEAR("a year, such as 2026"),
  POWERTRAIN("one of PETROL, DIESEL, HYBRID, PLUG_IN_HYBRID, ELECTRIC, FUEL_CELL, GAS"),
  /** ISO 3166-1 alpha-2 in shape; the list of countries is not looked up. */
  REGION("two letters, such as DE"),
  /** A day that exists, not in the future. */
  DATE("a date such as 2026-01-31 or 31.01.2026"),
  /** ISO 8601; without a zone or offset it is UTC; at most one day in the future. */
  EXPORTED_AT("a date and time such as 2026-01-31T22:15:00Z or 2026-01-31T23:15:00+01:00"),
  /** The module is in this maker's catalogue. */
  MODULE_UNKNOWN("a module of the catalogue"),
  PROTOCOL("one of CAN, CAN_FD, LIN, FLEXRAY, MOST, ETHERNET"),
  /** The version is one of the module's scheme. */
  SOFTWARE_VERSION("a version of the module's scheme");

  private static final int SHOWN = 200;

  private final String expected;

  RowRule(String expected) {
    this.expected = expected;
  }

  /** What the rule expects, in words. */
  public String expected() {
    return expected;
  }

  /** A rejection of the whole row. */
  public Finding rejectRow(String found, String expectedHere) {
    return new Finding(name(), "", found, expectedHere);
  }

  /** A rejection of one value; a value of more than 200 characters is cut. */
  Finding reject(ExportColumn column, String found, String expectedHere) {
    String shown = UndecodedBytes.shown(found);
    String cut = shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "…";
    return new Finding(name(), column.header(), cut, expectedHere);
  }
}
