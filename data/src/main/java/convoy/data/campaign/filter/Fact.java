package convoy.data.campaign.filter;

import convoy.data.vehicle.VehicleFacts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a filter may ask of a vehicle. */
public enum Fact {
  REGION("region", FactKind.REGION),
  MODEL("model", FactKind.TEXT),
  MODEL_YEAR("model-year", FactKind.YEAR),
  POWERTRAIN("powertrain", FactKind.POWERTRAIN),
  PLANT("plant", FactKind.TEXT),
  BUILT("built", FactKind.DATE),
  VIN("vin", FactKind.VIN);

  private final String word;
  private final FactKind kind;

  Fact(String word, FactKind kind) {
    this.word = word;
    this.kind = kind;
  }

  /** As filters write it. */
  public String word() {
    return word;
  }

  public FactKind kind() {
    return kind;
  }

  /** What is known of the vehicle, null when nothing is. */
  @Nullable String of(VehicleFacts vehicle) {
    return switch (this) {
      case REGION -> vehicle.region();
      case MODEL -> vehicle.model();
      case MODEL_YEAR -> Integer.toString(vehicle.modelYear());
      case POWERTRAIN -> vehicle.powertrain().name();
      case PLANT -> vehicle.plant();
      case BUILT -> vehicle.manufacturedOn().toString();
      case VIN -> vehicle.vin();
    };
  }

  static Optional<Fact> find(String word) {
    return Arrays.stream(values()).filter(f -> f.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Fact::word).toList();
  }
}
