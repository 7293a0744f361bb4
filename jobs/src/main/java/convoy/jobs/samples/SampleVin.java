package convoy.jobs.samples;

import convoy.data.vehicle.Vin;

/** Puts a VIN together: ISO 3779 sections, with the year and the check digit of 49 CFR 565.15. */
final class SampleVin {
  /** Serial numbers have six digits. */
  static final int MAX_SERIAL = 999_999;

  // 49 CFR 565.15(d)(1), table VII: 30 codes from 1980 (A) on, and again from 2010 on.
  private static final String YEAR_CODES = "ABCDEFGHJKLMNPRSTVWXY123456789";
  private static final int FIRST_YEAR = 2010;

  private SampleVin() {}

  /** The VIN's tenth character for a model year of 2010 to 2039. */
  static char yearCode(int modelYear) {
    return YEAR_CODES.charAt(modelYear - FIRST_YEAR);
  }

  /**
   * @param descriptor positions 4 to 8
   * @param serial positions 12 to 17, at most {@link #MAX_SERIAL}
   */
  static String of(Plant plant, String descriptor, int modelYear, int serial) {
    String digits = padded(serial, 6);
    return Vin.withCheckDigit(
        plant.wmi() + descriptor + "0" + yearCode(modelYear) + plant.code() + digits);
  }

  /** The number with leading zeros; String.format is too slow for millions of rows. */
  static String padded(int number, int digits) {
    String plain = Integer.toString(number);
    return "0".repeat(Math.max(0, digits - plain.length())) + plain;
  }
}
