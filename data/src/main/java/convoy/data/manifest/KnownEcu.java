package convoy.data.manifest;

/**
 * What a vehicle knows of one of its ECUs.
 *
 * @param hardwareId the hardware that it has
 * @param releaseCounter the release counter of the image that it took last, or 0
 */
public record KnownEcu(String hardwareId, int releaseCounter) {}
