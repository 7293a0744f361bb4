package convoy.scheduler.cli;

import convoy.config.Home;
import convoy.data.campaign.ControlAct;
import convoy.data.campaign.ControlRequest;
import convoy.data.trust.Permission;
import convoy.jobs.trust.Actor;
import convoy.scheduler.launch.CampaignHandover;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands have in common that do something to a campaign. */
abstract class CampaignActCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();
  @Mixin private ActorOptions actor = new ActorOptions();

  @Parameters(paramLabel = "CAMPAIGN", description = "The campaign's id.")
  private String campaign = "";

  final int ask(ControlAct act, @Nullable String reason) {
    Actor asking = prove();
    ask(asking, ControlRequest.of(act, campaign, asking.name(), reason, Instant.now()));
    return 0;
  }

  final Actor prove() {
    return actor.prove(options, Permission.CONTROL_CAMPAIGN);
  }

  final CampaignHandover.Outcome ask(Actor asking, ControlRequest request) {
    Home home = options.existing();
    return new CampaignHandover(home, options.settings(home), options.console())
        .ask(request, asking.key());
  }

  final HomeOptions options() {
    return options;
  }

  final String campaign() {
    return campaign;
  }

  @Command(
      name = "start",
      description = "Starts an approved campaign that has start: MANUAL; the next run plans it.")
  static final class StartCampaign extends CampaignActCommand {
    @Override
    public Integer call() {
      return ask(ControlAct.START, null);
    }
  }

  @Command(
      name = "pause",
      description = {
        "Pauses a campaign: nothing more is issued until it is resumed, also by a job that runs.",
        "What was issued stays with the vehicles (./convoy campaign issued) until it is withdrawn."
      })
  static final class PauseCampaign extends CampaignActCommand {
    @Mixin private ReasonOptions reason = new ReasonOptions();

    @Override
    public Integer call() {
      return ask(ControlAct.PAUSE, reason.text());
    }
  }

  @Command(
      name = "resume",
      description = {
        "Lets a paused campaign go on, unless what it was paused for still stands.",
        "Failures for which a gate paused it are accepted by that: it pauses again when there are more."
      })
  static final class ResumeCampaign extends CampaignActCommand {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, in one line.")
    private @Nullable String reason;

    @Override
    public Integer call() {
      return ask(ControlAct.RESUME, reason);
    }
  }

  @Command(
      name = "advance",
      description = {
        "Lets a released wave go on although its gate holds: the next wave is released.",
        "Refused when the gate would pause or abort the campaign by now."
      })
  static final class AdvanceCampaign extends CampaignActCommand {
    @Mixin private ReasonOptions reason = new ReasonOptions();

    @Option(
        names = "--wave",
        required = true,
        paramLabel = "N",
        description = "The wave that goes on.")
    private int wave;

    @Override
    public Integer call() {
      Actor asking = prove();
      ask(
          asking,
          ControlRequest.advance(campaign(), wave, asking.name(), reason.text(), Instant.now()));
      return 0;
    }
  }

  @Command(
      name = "abort",
      description = {
        "Ends a campaign for good, also while a job runs; what was not issued is cancelled.",
        "What was issued stays with the vehicles (./convoy campaign issued) until it is withdrawn."
      })
  static final class AbortCampaign extends CampaignActCommand {
    @Mixin private ReasonOptions reason = new ReasonOptions();

    @Override
    public Integer call() {
      return ask(ControlAct.ABORT, reason.text());
    }
  }
}
