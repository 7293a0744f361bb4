package convoy.data.vehicle;

import org.jspecify.annotations.Nullable;

/**
 * What an export says of one ECU.
 *
 * @param module the module's code in the catalogue, such as {@code GATEWAY}
 * @param softwareVersion the version as it was written
 * @param softwareKey the version's order-preserving key under the module's scheme
 * @param rxswin the RX Software Identification Number (UN Regulation No. 156, paragraph 2.3)
 * @param certificate the X.509 certificate of its decryption key: its DER in Base64, on one line
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
    Protocol protocol,
    @Nullable String rxswin,
    @Nullable String certificate) {}
