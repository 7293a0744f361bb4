package convoy.jobs.trust;

import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.error.ConvoyException;
import convoy.data.trust.Approval;
import convoy.data.vehicle.ModuleCatalog;
import convoy.jobs.registerdefinitions.KeptKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Decides whether a campaign may issue manifests (rule 5 of ARCHITECTURE.md): its approval must be
 * signed by an operator other than its author, over exactly the content that the store works with.
 * The store's own word is not enough.
 */
public final class TrustCheck {
  private final Operators operators;
  private final Path campaigns;
  private final ModuleCatalog modules;

  /**
   * @param campaigns the folder of campaign definitions and approvals
   * @param modules as the settings have them now
   */
  public TrustCheck(Operators operators, Path campaigns, ModuleCatalog modules) {
    this.operators = operators;
    this.campaigns = campaigns;
    this.modules = modules;
  }

  /** Where the approval of that campaign is kept. */
  public static Path approvalFile(Path campaigns, String campaign) {
    return campaigns.resolve(campaign + ".approval.json");
  }

  /** Why the campaign may not issue manifests, as a sentence; empty when it may. */
  public Optional<String> problem(FleetStore store, Campaigns.Campaign campaign) {
    Optional<String> alteration = Definitions.alteration(store, campaign);
    if (alteration.isPresent()) {
      return alteration;
    }
    Optional<String> otherKeys =
        Definitions.update(store, campaign.updateName(), campaign.updateVersion())
            .flatMap(update -> KeptKeys.problem(update.definition(), modules));
    if (otherKeys.isPresent()) {
      return otherKeys;
    }
    Path file = approvalFile(campaigns, campaign.id());
    if (!Files.isRegularFile(file)) {
      return Optional.of("no approval: expected " + file.getFileName());
    }
    try {
      Approval.verify(
          Files.readAllBytes(file),
          file.getFileName().toString(),
          operators.publicKeys(),
          campaign.id(),
          campaign.digest(),
          campaign.author());
      return Optional.empty();
    } catch (ConvoyException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
