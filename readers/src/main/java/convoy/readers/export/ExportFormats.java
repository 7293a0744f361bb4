package convoy.readers.export;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.vehicle.ModuleCatalog;
import convoy.readers.profile.ExportProfiles;

/**
 * How an installation reads exports.
 *
 * @param maxInflated the bytes that a gzip may become at most
 */
public record ExportFormats(ExportProfiles profiles, long maxInflated) {
  /** Without profiles, and without a limit for gzip. */
  public static final ExportFormats PLAIN = new ExportFormats(ExportProfiles.NONE, Long.MAX_VALUE);

  /**
   * Those of a home, with the profiles as they stand now.
   *
   * @throws convoy.config.YamlException when a profile is refused
   */
  public static ExportFormats of(Home home, ConvoySettings settings, ModuleCatalog modules) {
    return new ExportFormats(
        ExportProfiles.read(home.profiles(), modules), settings.imports().maxInflated().bytes());
  }
}
