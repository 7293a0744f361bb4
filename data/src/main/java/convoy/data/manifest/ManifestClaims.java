package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.trust.Fields;
import convoy.data.trust.SignedDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the targets file of a manifest says of itself before anything of it was checked: what a
 * vehicle that refuses it reports about. Nothing else may rest on it.
 *
 * @param issuedAt when it says that it was issued
 * @param targets in the order of their images' names
 */
public record ManifestClaims(
    long version, String campaign, int wave, int attempt, Instant issuedAt, List<Target> targets) {

  /** One ECU and what it would get. */
  public record Target(String module, String ecuSerial, String hardwareId, String version) {}

  public ManifestClaims {
    targets = List.copyOf(targets);
  }

  /**
   * Reads them; entries without module or version are left out.
   *
   * @throws ConvoyException NOT_TRUSTED when the file does not say for which attempt it is
   */
  public static ManifestClaims read(ManifestBundle bundle) {
    Fields signed =
        SignedDocument.parse(
                bundle.targets(), bundle.vin() + "/" + ManifestBundle.targetsFile(bundle.version()))
            .signed();
    Fields custom = signed.object("custom");
    return new ManifestClaims(
        signed.integer("version", 1),
        custom.text("campaign"),
        custom.smallInteger("wave", 0),
        custom.smallInteger("attempt", 0),
        custom.time("issuedAt"),
        targets(signed.object("targets")));
  }

  private static List<Target> targets(Fields entries) {
    List<Target> targets = new ArrayList<>();
    for (String name : entries.names()) {
      Fields custom = entries.object(name).object("custom");
      Fields ecus = custom.object("ecuIdentifiers");
      for (String serial : ecus.names()) {
        targets.add(
            new Target(
                custom.text("module"),
                serial,
                ecus.object(serial).text("hardwareId"),
                custom.text("version")));
      }
    }
    return targets;
  }
}
