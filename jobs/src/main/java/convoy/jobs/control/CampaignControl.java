package convoy.jobs.control;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.campaign.ControlAct;
import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.SignedRequest;
import convoy.data.duckdb.CampaignStops.Accepted;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.ControlRequests;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.duckdb.RollbackOrders;
import convoy.data.duckdb.Withdrawals;
import convoy.data.error.ConvoyException;
import convoy.data.trust.Trust;
import convoy.data.vehicle.ModuleCatalog;
import convoy.jobs.images.ImageStore;
import convoy.jobs.trust.TrustCheck;
import convoy.jobs.trust.TrustRoot;
import convoy.jobs.trust.VehicleActs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts, pauses, resumes and aborts campaigns, lets their waves go on, and takes back what their
 * vehicles were given. Whoever has the fleet store open for writing does what others asked for
 * meanwhile, once it has checked who they are.
 */
public final class CampaignControl {
  private final Home home;
  private final RequestFolder requests;
  private final TrustRoot root;
  private final ResumeCheck resume;
  private final VehicleActs acts;
  private final Issuing.Packing packing;

  /**
   * @param clock by which signed acts hold
   */
  public CampaignControl(
      Home home,
      ConvoySettings settings,
      TrustRoot root,
      TrustCheck trust,
      ImageStore images,
      Clock clock) {
    this.home = home;
    this.acts = new VehicleActs(root, clock);
    this.packing = packing(settings);
    this.requests = new RequestFolder(home);
    this.root = root;
    this.resume = new ResumeCheck(trust, images);
  }

  /** The control of that home, outside of the jobs. */
  public static CampaignControl of(Home home, ConvoySettings settings, ModuleCatalog modules) {
    TrustRoot root = TrustRoot.of(home, settings);
    Clock clock = Clock.systemUTC();
    TrustCheck trust = new TrustCheck(root, modules, clock);
    return new CampaignControl(home, settings, root, trust, ImageStore.of(home), clock);
  }

  /** How manifests are packed by these settings, whoever prepares them. */
  public static Issuing.Packing packing(ConvoySettings settings) {
    return new Issuing.Packing(
        settings.manifests().chunkVehicles(), settings.manifests().validFor());
  }

  /**
   * Does what is asked for by someone who has proved to be the one.
   *
   * @return what was done, as a sentence
   * @throws ConvoyException USAGE when there is no such campaign or it is in no state for it;
   *     NOT_TRUSTED when it cannot be resumed for that reason, or a withdrawal or a rollback is not
   *     properly signed
   */
  public String carryOut(FleetStore store, ControlRequest request, Instant now) {
    Campaigns.Campaign campaign = Campaigns.require(store, request.campaign());
    if (request.signed() != null) {
      // Not the campaign, which may be the one that cannot be trusted: only the person's act.
      VehicleActs.Proved proved = acts.prove(store, request);
      return request.act() == ControlAct.ROLLBACK
          ? RollbackOrders.carryOut(store, request, proved.act(), proved.vehicles(), now)
          : Withdrawals.carryOut(store, request, proved.act(), proved.vehicles(), packing, now);
    }
    if (request.wave() != null) {
      return WaveAdvance.carryOut(store, request, campaign, request.wave(), now);
    }
    List<Accepted> accepted =
        request.act() == ControlAct.RESUME && campaign.state().equals("PAUSED")
            ? resume.accepted(store, campaign, now)
            : List.of();
    return ControlRequests.carryOut(store, request, accepted, now);
  }

  /**
   * What comes first whenever the store was opened for writing: shards that a cut-off run left
   * unrecorded, then the requests that wait.
   *
   * @return a line for each
   */
  public List<String> catchUp(FleetStore store, Instant now) {
    List<String> lines = new ArrayList<>(UnrecordedShards.record(home, store, now));
    lines.addAll(carryOutWaiting(store, now));
    return lines;
  }

  /**
   * Carries out the requests that wait, in the order in which they were asked. After a kill the
   * store knows those that were done, so none is done twice. While the trust root does not hold,
   * they go on waiting.
   *
   * @return a line for each
   */
  public List<String> carryOutWaiting(FleetStore store, Instant now) {
    List<Path> waiting = requests.waiting();
    if (waiting.isEmpty()) {
      return List.of();
    }
    Trust trust;
    try {
      trust = root.load(store, now).trust();
    } catch (ConvoyException e) {
      return List.of("%,d requests wait: %s".formatted(waiting.size(), e.getMessage()));
    }
    List<String> lines = new ArrayList<>();
    for (Path file : waiting) {
      lines.add(settle(store, file, trust, now));
    }
    return lines;
  }

  private String settle(FleetStore store, Path file, Trust trust, Instant now) {
    String name = file.getFileName().toString().replaceAll("\\p{Cntrl}", "?");
    ControlRequest request;
    try {
      request = SignedRequest.verify(RequestFolder.read(file), name, trust, now);
    } catch (ConvoyException e) {
      String why = String.valueOf(e.getMessage());
      ControlRequests.refuseUnproved(store, name, why, now);
      RequestFolder.setAside(file);
      return "request refused: %s; kept as %s.refused".formatted(why, name);
    }
    String line = answer(store, request, now);
    RequestFolder.remove(file);
    return line;
  }

  private String answer(FleetStore store, ControlRequest request, Instant now) {
    String asked = "%s: %s asked by %s".formatted(request.campaign(), request.act(), request.who());
    Optional<Instant> answeredAt = ControlRequests.answeredAt(store, request.id());
    if (answeredAt.isPresent()) {
      String why = "it was answered before, at " + answeredAt.get();
      ControlRequests.refuseAgain(store, request, why, now);
      return "%s is not done again: %s".formatted(asked, why);
    }
    try {
      return carryOut(store, request, now);
    } catch (ConvoyException e) {
      ControlRequests.refuse(store, request, e, now);
      return "%s, refused: %s".formatted(asked, e.getMessage());
    }
  }
}
