package convoy.data.vehicle;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a vehicle is driven. */
public enum Powertrain {
  PETROL("Gasoline", "Benzin"),
  DIESEL,
  HYBRID("HEV", "MHEV", "Mild Hybrid", "Full Hybrid"),
  PLUG_IN_HYBRID("PHEV"),
  ELECTRIC("EV", "BEV", "Battery Electric"),
  FUEL_CELL("FCEV", "FCV", "Hydrogen"),
  /** Natural or petroleum gas; never the American word for petrol. */
  GAS("CNG", "LPG", "LNG");

  private static final Map<String, Powertrain> BY_NAME =
      Names.table(values(), powertrain -> powertrain.synonyms);

  @SuppressWarnings("ImmutableEnumChecker") // always a List.of
  private final List<String> synonyms;

  Powertrain(String... synonyms) {
    this.synonyms = List.of(synonyms);
  }

  /** The powertrain of that name or synonym, without regard to case, spaces and dashes. */
  public static Optional<Powertrain> find(String name) {
    return Optional.ofNullable(BY_NAME.get(Names.normal(name)));
  }
}
