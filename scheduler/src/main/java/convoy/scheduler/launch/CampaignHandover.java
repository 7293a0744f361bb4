package convoy.scheduler.launch;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.campaign.ControlRequest;
import convoy.data.duckdb.ControlRequests;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.SigningKey;
import convoy.jobs.control.CampaignControl;
import convoy.jobs.control.RequestFolder;
import convoy.scheduler.store.ProcessLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Does to a campaign what a person asks for: at once where the fleet store is free, else by a
 * request to whoever holds it.
 */
public final class CampaignHandover {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Home home;
  private final ConvoySettings settings;
  private final Console console;

  /** Who does what was asked for. */
  public enum Outcome {
    /** This process did it. */
    DONE,
    /** The process that holds the store has taken the request up, or will. */
    LEFT
  }

  public CampaignHandover(Home home, ConvoySettings settings, Console console) {
    this.home = home;
    this.settings = settings;
    this.console = console;
  }

  /**
   * Does it, or leaves the request, signed, and says which.
   *
   * @param key that of the person who asks, and has proved it
   * @throws ConvoyException USAGE or NOT_TRUSTED when it cannot be done
   */
  public Outcome ask(ControlRequest request, SigningKey key) {
    String what = "campaign " + request.act().name().toLowerCase(Locale.ROOT);
    CampaignControl control = CampaignControl.of(home, settings, Modules.catalog(settings));
    try {
      console.line(
          StoreReader.change(
              home,
              settings,
              Duration.ZERO,
              console,
              what,
              request.who(),
              store -> control.carryOut(store, request, Instant.now())));
      return Outcome.DONE;
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.STORE_TAKEN) {
        throw e;
      }
      return leave(what, request, key);
    }
  }

  /**
   * The holder may be done before it looks again, so the store is tried a few times more after the
   * request lies there.
   */
  private Outcome leave(String what, ControlRequest request, SigningKey key) {
    Path file = new RequestFolder(home).leave(request, key);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (Files.notExists(file)) {
        console.line(
            "%s: %s taken up by the running job; what came of it: ./convoy campaign status %s"
                .formatted(request.campaign(), request.act(), request.campaign()));
        return Outcome.LEFT;
      }
      if (settled(what, request)) {
        return Outcome.DONE;
      }
      pause();
    }
    String holder = ProcessLock.ofStore(home.store()).holder();
    console.line(
        "%s: %s is asked for and takes effect %s (%s)"
            .formatted(
                request.campaign(),
                request.act(),
                holder.contains(" runs issueManifests ")
                    ? "at the next shard of the running issueManifests"
                    : "when the next job starts, or the next command that changes something",
                holder));
    return Outcome.LEFT;
  }

  /** Whether the store was free after all, and the request is settled by this process. */
  private boolean settled(String what, ControlRequest request) {
    try {
      // Opening the store for a change carries out what waits, and says so.
      ControlRequests.Settled settled =
          StoreReader.change(
              home,
              settings,
              Duration.ZERO,
              console,
              what,
              request.who(),
              store ->
                  ControlRequests.settled(store, request.id())
                      .orElseThrow(CampaignHandover::unproved));
      if (settled.refusal() != null) {
        throw new ConvoyException(settled.code(), settled.refusal());
      }
      return true;
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.STORE_TAKEN) {
        throw e;
      }
      return false;
    }
  }

  /** The trust root or the operator changed since the command proved who acts. */
  private static ConvoyException unproved() {
    return new ConvoyException(
        ErrorCode.NOT_TRUSTED, "the request is not done: who asks could not be proved again");
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConvoyException(
          ErrorCode.STORE_TAKEN, "interrupted while waiting for the fleet store", e);
    }
  }
}
