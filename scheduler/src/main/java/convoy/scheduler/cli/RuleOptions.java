package convoy.scheduler.cli;

import convoy.data.campaign.Share;
import convoy.jobs.simulate.SimulatedAttempt.Kind;
import convoy.jobs.simulate.SimulationRule;
import convoy.jobs.simulate.SimulationRules;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** One rule for simulated vehicles, as options. */
final class RuleOptions {
  @Option(names = "--vin", paramLabel = "VIN", split = ",", description = "Whom: these vehicles.")
  private @Nullable List<String> vin;

  @Option(names = "--model", paramLabel = "MODEL", split = ",", description = "Of these models.")
  private @Nullable List<String> model;

  @Option(names = "--region", paramLabel = "REGION", split = ",", description = "Of these regions.")
  private @Nullable List<String> region;

  @Option(
      names = "--module",
      paramLabel = "MODULE",
      split = ",",
      description = "Whose manifest addresses such an ECU. This one fails, lies or falls back.")
  private @Nullable List<String> module;

  @Option(
      names = "--hardware",
      paramLabel = "PART",
      split = ",",
      description = "The same by the ECU's hardware part.")
  private @Nullable List<String> hardware;

  @Option(names = "--campaign", paramLabel = "ID", split = ",", description = "In these campaigns.")
  private @Nullable List<String> campaign;

  @Option(names = "--wave", paramLabel = "N", split = ",", description = "In these waves.")
  private @Nullable List<Integer> wave;

  @Option(names = "--attempt", paramLabel = "N", split = ",", description = "On these attempts.")
  private @Nullable List<Integer> attempt;

  @Option(
      names = "--manifest",
      paramLabel = "KIND",
      description = "On manifests of one kind: ${COMPLETION-CANDIDATES}.")
  private @Nullable Kind manifest;

  @Option(
      names = "--fail",
      paramLabel = "SHARE",
      converter = ToShare.class,
      description = "What: this share fails, such as 5%%.")
  private @Nullable Share fail;

  @Option(
      names = "--error",
      paramLabel = "CODE",
      split = ",",
      description =
          "With one of these error codes, each as likely; UNSPECIFIED for none (default: a usual mix).")
  private @Nullable List<String> error;

  @Option(
      names = "--silent",
      paramLabel = "SHARE",
      converter = ToShare.class,
      description = "Is never heard again, from the start or from half-way.")
  private @Nullable Share silent;

  @Option(
      names = "--decline",
      paramLabel = "SHARE",
      converter = ToShare.class,
      description = "Has an owner who declines where asked.")
  private @Nullable Share decline;

  @Option(
      names = "--decline-unasked",
      paramLabel = "SHARE",
      converter = ToShare.class,
      description = "Says that the owner declined, also where the manifest does not let it ask.")
  private @Nullable Share declineUnasked;

  @Option(
      names = "--lie",
      paramLabel = "SHARE",
      converter = ToShare.class,
      description = "Says installed, and reports the old version.")
  private @Nullable Share lie;

  @Option(
      names = "--fall-back",
      paramLabel = "SHARE",
      converter = ToShare.class,
      description = "Installs, and runs the old version again some hours later.")
  private @Nullable Share fallBack;

  @Option(
      names = "--repeat",
      paramLabel = "SHARE",
      converter = ToShare.class,
      description = "How: this share of the events is sent twice.")
  private @Nullable Share repeat;

  @Option(
      names = "--disorder",
      paramLabel = "SHARE",
      converter = ToShare.class,
      description = "Of the events, is overtaken by later ones.")
  private @Nullable Share disorder;

  @Option(
      names = "--late",
      paramLabel = "SHARE",
      converter = ToShare.class,
      description = "Of the attempts, has a part of its events arrive late.")
  private @Nullable Share late;

  @Option(
      names = "--late-by",
      paramLabel = "DURATION",
      description = "By this much (default: PT24H).")
  private @Nullable Duration lateBy;

  @Option(
      names = "--clock",
      paramLabel = "DURATION",
      description = "The vehicles' clocks are ahead by this much; -PT3H: behind.")
  private @Nullable Duration clock;

  @Option(
      names = "--has-hardware",
      paramLabel = "PART",
      description = "The ECUs have this hardware part, whatever the exports say.")
  private @Nullable String hasHardware;

  @Option(
      names = "--battery",
      paramLabel = "SHARE",
      converter = ToShare.class,
      description = "The vehicles' batteries stay at this charge, such as 20%%.")
  private @Nullable Share battery;

  @Option(
      names = "--parked",
      paramLabel = "DURATION",
      description = "The vehicles are parked no longer than this at a time; PT0S: never.")
  private @Nullable Duration parked;

  /**
   * The rule of the options, where there are any, before the others.
   *
   * @throws IllegalArgumentException when they do not go together
   */
  SimulationRules before(SimulationRules others) {
    SimulationRule rule =
        new SimulationRule(
            vin,
            model,
            region,
            module,
            hardware,
            campaign,
            wave,
            attempt,
            manifest,
            fail,
            error,
            silent,
            decline,
            declineUnasked,
            lie,
            fallBack,
            repeat,
            disorder,
            late,
            lateBy,
            clock,
            hasHardware,
            battery,
            parked);
    return rule.isEmpty()
        ? others
        : new SimulationRules(Stream.concat(Stream.of(rule), others.rules().stream()).toList());
  }

  /** A share such as 5%. */
  static final class ToShare implements ITypeConverter<Share> {
    @Override
    public Share convert(String text) {
      try {
        return Share.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
