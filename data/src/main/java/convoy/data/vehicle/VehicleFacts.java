package convoy.data.vehicle;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What an export says of one vehicle.
 *
 * @param vin 17 characters, upper case, ISO 3779
 * @param modelYear four digits
 * @param region the market, ISO 3166-1 alpha-2, upper case
 * @param plant where it was built, as the export or its profile names the plant
 */
public record VehicleFacts(
    String vin,
    String model,
    int modelYear,
    Powertrain powertrain,
    String region,
    @Nullable String engineNumber,
    @Nullable String chassisNumber,
    LocalDate manufacturedOn,
    @Nullable String plant) {}
