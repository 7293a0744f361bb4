package convoy.data.vehicle;

import org.jspecify.annotations.Nullable;

/**
 * What an export says of one ECU.
 *
 * @param module the module's code in the catalogue, such as {@code GATEWAY}
 * @param softwareVersion the version as it was written
 * @param softwareKey the version's order-preserving key under the module's scheme
 */
public record EcuFacts(
    String vin,
    String module,
    String serial,
    String hardwarePart,
    String hardwareVersion,
    String softwareVersion,
    String softwareKey,
    @Nullable String calibration,
    Protocol protocol) {}
