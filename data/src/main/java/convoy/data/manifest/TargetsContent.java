package convoy.data.manifest;

import convoy.data.campaign.OwnerTerms;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.FileDigest;
import convoy.data.trust.Fields;
import convoy.data.update.Preconditions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the content of targets metadata whose signature has been checked. */
final class TargetsContent {
  private static final Comparator<ManifestTarget> BY_INSTALL_ORDER =
      Comparator.comparingInt((ManifestTarget target) -> target.image().installOrder())
          .thenComparing(ManifestTarget::ecuSerial);

  private TargetsContent() {}

  static VerifiedManifest read(String vin, Metadata metadata) {
    Fields signed = metadata.signed();
    // Uptane Standard 2.1, full verification, step 6.6.
    if (signed.values().containsKey("delegations")) {
      throw Metadata.untrusted(
          signed.where() + ".delegations: found delegations, a Director never delegates");
    }
    Fields custom = signed.object("custom");
    // By the campaign that they are carried for; under the empty text, those of its own.
    Map<String, List<ManifestTarget>> targets = targets(signed.object("targets"));
    List<ManifestTarget> own = targets.remove("");
    List<ManifestPart> carried = carried(custom, targets);
    if (!targets.isEmpty()) {
      throw Metadata.untrusted(
          "%s.targets: images for campaign %s, expected those of its own and of campaigns in custom.carried"
              .formatted(signed.where(), targets.keySet().iterator().next()));
    }
    return new VerifiedManifest(
        vin,
        metadata.version(),
        custom.text("campaign"),
        custom.smallInteger("wave", 0),
        custom.smallInteger("attempt", 0),
        custom.text("correlationId"),
        custom.time("issuedAt"),
        metadata.expires(),
        preconditions(custom.object("preconditions")),
        OwnerTerms.read(custom),
        own == null ? List.of() : own,
        carried);
  }

  /**
   * Other campaigns' parts.
   *
   * @param targets loses those that are theirs
   */
  private static List<ManifestPart> carried(
      Fields custom, Map<String, List<ManifestTarget>> targets) {
    if (!custom.values().containsKey("carried")) {
      return List.of();
    }
    List<ManifestPart> parts = new ArrayList<>();
    for (Object entry : custom.list("carried")) {
      String where = "%s.carried[%d]".formatted(custom.where(), parts.size());
      if (!(entry instanceof Map<?, ?> values)) {
        throw Metadata.untrusted(where + ": found no object, expected a campaign's part");
      }
      Fields part = new Fields(where, values);
      String campaign = part.text("campaign");
      List<ManifestTarget> theirs = targets.remove(campaign);
      if (theirs == null || campaign.equals(custom.text("campaign"))) {
        throw part.refused("campaign", "another campaign, once, with one or more images");
      }
      parts.add(
          new ManifestPart(
              campaign,
              part.smallInteger("wave", 0),
              part.smallInteger("attempt", 0),
              part.text("correlationId"),
              preconditions(part.object("preconditions")),
              OwnerTerms.read(part),
              theirs));
    }
    return parts;
  }

  private static Preconditions preconditions(Fields asked) {
    try {
      return Preconditions.read(asked);
    } catch (IllegalArgumentException e) {
      throw Metadata.untrusted(asked.where() + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, List<ManifestTarget>> targets(Fields entries) {
    Map<String, List<ManifestTarget>> targets = new TreeMap<>();
    Map<String, String> fileByEcu = new HashMap<>();
    for (String fileName : entries.names()) {
      Fields entry = entries.object(fileName);
      Fields custom = entry.object("custom");
      Fields ecus = custom.object("ecuIdentifiers");
      if (ecus.values().isEmpty()) {
        throw Metadata.untrusted(ecus.where() + ": found no ECU, expected one or more");
      }
      for (String serial : ecus.names()) {
        // Uptane Standard 2.1, full verification, step 6.7.
        String other = fileByEcu.putIfAbsent(serial, fileName);
        if (other != null) {
          throw Metadata.untrusted(
              entries.where()
                  + ": ECU '"
                  + serial
                  + "' is listed for "
                  + other
                  + " and for "
                  + fileName
                  + ", expected once");
        }
        targets
            .computeIfAbsent(campaign(custom), campaign -> new ArrayList<>())
            .add(target(fileName, serial, ecus.object(serial), entry));
      }
    }
    targets.values().forEach(of -> of.sort(BY_INSTALL_ORDER));
    return targets;
  }

  /** The campaign that an image is carried for; empty for the manifest's own. */
  static String campaign(Fields custom) {
    return custom.values().containsKey("campaign") ? custom.text("campaign") : "";
  }

  private static EncryptedImage encrypted(Fields encrypted) {
    FileDigest file = ImageDigest.read(encrypted);
    return new EncryptedImage(file.length(), file.sha256(), file.sha512(), encrypted.text("uri"));
  }

  private static ManifestTarget target(String fileName, String serial, Fields ecu, Fields entry) {
    FileDigest image = ImageDigest.read(entry);
    Fields custom = entry.object("custom");
    try {
      return new ManifestTarget(
          serial,
          ecu.text("hardwareId"),
          ecu.values().containsKey("keyPackage") ? ecu.text("keyPackage") : null,
          new ManifestImage(
              custom.text("module"),
              fileName,
              image.length(),
              image.sha256(),
              image.sha512(),
              custom.text("version"),
              custom.smallInteger("releaseCounter", 1),
              encrypted(custom.object("encrypted")),
              custom.smallInteger("installOrder", 0),
              custom.smallInteger("installGroup", 0)));
    } catch (ConvoyException e) {
      if (e.code() == ErrorCode.NOT_TRUSTED) {
        throw e;
      }
      throw Metadata.untrusted(entry.where() + ": " + e.getMessage(), e);
    }
  }
}
