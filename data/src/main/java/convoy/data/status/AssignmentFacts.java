package convoy.data.status;

import convoy.data.campaign.OwnerConsent;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was asked of one vehicle in one campaign.
 *
 * @param targets for each module, the version that the manifest names
 * @param currentAttempt the latest issued attempt, from 1
 * @param currentManifestVersion the manifest version of that attempt
 * @param issuedAttempts for every issued attempt, its manifest versions: one, or several where it
 *     was signed anew; holds the current one
 * @param consent what its manifests say of the owner
 */
public record AssignmentFacts(
    String vin,
    String campaign,
    Map<String, String> targets,
    int currentAttempt,
    long currentManifestVersion,
    Map<Integer, Set<Long>> issuedAttempts,
    OwnerConsent consent) {

  /**
   * @throws IllegalArgumentException without targets, or when the current attempt is not issued
   */
  public AssignmentFacts {
    targets = Map.copyOf(targets);
    issuedAttempts = Map.copyOf(issuedAttempts);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(
          "%s in campaign %s: no target modules, expected at least one".formatted(vin, campaign));
    }
    Set<Long> issued = issuedAttempts.getOrDefault(currentAttempt, Set.of());
    if (!issued.contains(currentManifestVersion)) {
      throw new IllegalArgumentException(
          "%s in campaign %s: attempt %s has manifest version %s among the issued attempts, expected %s"
              .formatted(
                  vin,
                  campaign,
                  currentAttempt,
                  issued.isEmpty() ? "none" : new TreeSet<>(issued),
                  currentManifestVersion));
    }
  }
}
