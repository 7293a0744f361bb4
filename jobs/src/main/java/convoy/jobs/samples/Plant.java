package convoy.jobs.samples;

import static convoy.jobs.samples.SampleModel.ALDERA;
import static convoy.jobs.samples.SampleModel.BREVIK;
import static convoy.jobs.samples.SampleModel.CORVENA;
import static convoy.jobs.samples.SampleModel.DORELLE;
import static convoy.jobs.samples.SampleModel.ELANTO;

import java.util.List;

/**
 * The three plants of the sample group. The world manufacturer identifiers (ISO 3780) are those of
 * Volkswagen AG, Volkswagen de México and SAIC Volkswagen; vehicles, models and numbers are made
 * up.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists are made by List.of and List.copyOf
public enum Plant {
  WOLFSBURG(
      "WVW",
      'W',
      List.of(ALDERA, BREVIK, DORELLE),
      List.of("DE", "DE", "DE", "FR", "IT", "ES", "NL", "AT", "PL", "SE", "NO", "GB")),
  PUEBLA("3VW", 'M', List.of(ALDERA, CORVENA), List.of("US", "US", "US", "MX", "MX", "CA", "CO")),
  SHANGHAI(
      "LSV",
      '2',
      List.of(CORVENA, DORELLE, ELANTO),
      List.of("CN", "CN", "CN", "CN", "AU", "TH", "SG"));

  /**
   * A worksheet ends at row 1,048,576; at 12 ECUs a vehicle this many, and those of later nights,
   * fit.
   */
  private static final int MAX_IN_WORKBOOK = 80_000;

  private final String wmi;
  private final char code;
  private final List<SampleModel> models;
  private final List<String> regions;

  Plant(String wmi, char code, List<SampleModel> models, List<String> regions) {
    this.wmi = wmi;
    this.code = code;
    this.models = models;
    this.regions = regions;
  }

  /** The world manufacturer identifier, positions 1 to 3 of the VIN. */
  public String wmi() {
    return wmi;
  }

  /** The plant's character in position 11 of the VIN. */
  public char code() {
    return code;
  }

  /** Whether its VINs are of a region whose VINs must have the check digit: not Europe. */
  boolean hasCheckDigits() {
    return this != WOLFSBURG;
  }

  List<SampleModel> models() {
    return models;
  }

  /** Markets as ISO 3166-1 alpha-2, each as often as its share asks for. */
  List<String> regions() {
    return regions;
  }

  /** How many of a fleet's vehicles this plant has built by the first night. */
  int vehicles(int fleet) {
    int puebla = Math.min(fleet / 4, MAX_IN_WORKBOOK);
    int shanghai = (int) ((fleet - puebla) * 2L / 5);
    return switch (this) {
      case WOLFSBURG -> fleet - puebla - shanghai;
      case PUEBLA -> puebla;
      case SHANGHAI -> shanghai;
    };
  }
}
