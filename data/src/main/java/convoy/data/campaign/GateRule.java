package convoy.data.campaign;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.campaign.StopOn.Then;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Fields;
import convoy.data.trust.StrictJson;
import convoy.data.update.DefinitionChecks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The thresholds of a campaign's gates. They count a wave's vehicles, each once, not attempts.
 *
 * @param success at so many successes the next wave may begin; without a confidence
 * @param pauseOnFailure at so many failures the campaign pauses
 * @param abortOnFailure at so many failures it ends; never before it would pause
 * @param minimumReports vehicles that must have reported before shares of failures decide, 1 or
 *     more
 * @param silentAfter from issue until a vehicle without a report counts as silent, above zero
 * @param silent how a silent vehicle counts
 * @param soak how long success must have lasted before the next wave begins, in whole seconds; null
 *     for no time
 * @param stopOn errors of which few stop the campaign, each code once
 * @param by facts by which the thresholds of failures are judged in groups too, each once
 */
public record GateRule(
    Threshold success,
    Threshold pauseOnFailure,
    Threshold abortOnFailure,
    int minimumReports,
    Duration silentAfter,
    SilentVehicles silent,
    @Nullable Duration soak,
    List<StopOn> stopOn,
    List<GateFact> by) {
  public GateRule {
    stopOn = List.copyOf(stopOn);
    by = List.copyOf(by);
    check(
        !(success instanceof Threshold.Bound),
        "success",
        success,
        "a share or a number of vehicles, as only failures are judged with a confidence");
    checkOrder(pauseOnFailure, abortOnFailure);
    check(minimumReports >= 1, "minimum-reports", minimumReports, "1 or more");
    check(silentAfter.compareTo(Duration.ZERO) > 0, "silent-after", silentAfter, "more than PT0S");
    check(
        soak == null
            || (soak.compareTo(Duration.ZERO) > 0
                && soak.equals(soak.truncatedTo(ChronoUnit.SECONDS))),
        "soak",
        soak == null ? "" : soak,
        "PT1S or more, in whole seconds");
    Set<String> codes = new HashSet<>();
    for (StopOn stop : stopOn) {
      check(codes.add(stop.code()), "stop-on", stop.code(), "each code once");
    }
    DefinitionChecks.distinct("by", by);
  }

  /** The same where silent vehicles count otherwise. */
  public GateRule withSilent(SilentVehicles counting) {
    return new GateRule(
        success,
        pauseOnFailure,
        abortOnFailure,
        minimumReports,
        silentAfter,
        counting,
        soak,
        stopOn,
        by);
  }

  /** The rule of most campaigns: failures of the whole wave, silent vehicles among them. */
  public static GateRule of(
      Threshold success,
      Threshold pauseOnFailure,
      Threshold abortOnFailure,
      int minimumReports,
      Duration silentAfter) {
    return new GateRule(
        success,
        pauseOnFailure,
        abortOnFailure,
        minimumReports,
        silentAfter,
        SilentVehicles.FAILED,
        null,
        List.of(),
        List.of());
  }

  /** Whatever aborts also pauses, so that no campaign is aborted that was not worth a pause. */
  private static void checkOrder(Threshold pause, Threshold abort) {
    if (pause instanceof Threshold.Vehicles few && abort instanceof Threshold.Vehicles many) {
      checkLess(few.count() < many.count(), pause, abort);
    }
    if (pause instanceof Threshold.Vehicles || abort instanceof Threshold.Vehicles) {
      return;
    }
    int shares = share(pause).compareTo(share(abort));
    int confidences = Integer.compare(confidence(pause), confidence(abort));
    checkLess(shares < 0 || (shares == 0 && confidences < 0), pause, abort);
    check(
        confidences <= 0,
        "abort-on-failure",
        abort,
        "a confidence no lower than that of pause-on-failure '%s', lest few failures abort that do not pause"
            .formatted(pause));
  }

  private static void checkLess(boolean holds, Threshold pause, Threshold abort) {
    check(holds, "pause-on-failure", pause, "less than abort-on-failure '" + abort + "'");
  }

  private static Share share(Threshold threshold) {
    return threshold instanceof Threshold.Bound bound
        ? bound.share()
        : ((Threshold.Part) threshold).share();
  }

  /** In basis points; a plain share is one without any. */
  private static int confidence(Threshold threshold) {
    return threshold instanceof Threshold.Bound bound ? bound.confidence().basisPoints() : 0;
  }

  /**
   * As the canonical JSON has it, and {@link #of(String)} reads it; what goes without saying is
   * left out.
   */
  public Map<String, Object> content() {
    Map<String, Object> content = new TreeMap<>();
    content.put("success", success.content());
    content.put("pauseOnFailure", pauseOnFailure.content());
    content.put("abortOnFailure", abortOnFailure.content());
    content.put("minimumReports", minimumReports);
    content.put("silentAfterSeconds", silentAfter.toSeconds());
    if (silent != SilentVehicles.FAILED) {
      content.put("silent", silent.name());
    }
    if (soak != null) {
      content.put("soakSeconds", soak.toSeconds());
    }
    if (!stopOn.isEmpty()) {
      content.put(
          "stopOn",
          stopOn.stream()
              .map(s -> Map.of("code", s.code(), "vehicles", s.vehicles(), "then", s.then().name()))
              .toList());
    }
    if (!by.isEmpty()) {
      content.put("by", by.stream().map(GateFact::toString).toList());
    }
    return content;
  }

  private static final Set<String> NEEDED =
      Set.of("success", "pauseOnFailure", "abortOnFailure", "minimumReports", "silentAfterSeconds");
  private static final Set<String> OPTIONAL = Set.of("silent", "soakSeconds", "stopOn", "by");

  /**
   * The rule in a campaign's canonical JSON.
   *
   * @throws ConvoyException NOT_TRUSTED when it is not as a registered definition has it
   */
  public static GateRule of(String definition) {
    Fields gate =
        StrictJson.parse(definition.getBytes(StandardCharsets.UTF_8), "definition").object("gate");
    try {
      return read(gate);
    } catch (IllegalArgumentException e) {
      throw new ConvoyException(ErrorCode.NOT_TRUSTED, gate.where() + ": " + e.getMessage(), e);
    }
  }

  private static GateRule read(Fields gate) {
    Set<String> names = new HashSet<>(NEEDED);
    OPTIONAL.stream().filter(gate.values()::containsKey).forEach(names::add);
    gate.requireExactly(names);
    return new GateRule(
        Threshold.read(gate, "success"),
        Threshold.read(gate, "pauseOnFailure"),
        Threshold.read(gate, "abortOnFailure"),
        gate.smallInteger("minimumReports", 1),
        Duration.ofSeconds(gate.integer("silentAfterSeconds", 1)),
        gate.values().containsKey("silent")
            ? gate.constant("silent", SilentVehicles.class)
            : SilentVehicles.FAILED,
        gate.values().containsKey("soakSeconds")
            ? Duration.ofSeconds(gate.integer("soakSeconds", 1))
            : null,
        gate.values().containsKey("stopOn") ? stops(gate) : List.of(),
        gate.values().containsKey("by")
            ? gate.list("by").stream().map(fact -> GateFact.parse(String.valueOf(fact))).toList()
            : List.of());
  }

  private static List<StopOn> stops(Fields gate) {
    List<StopOn> stops = new ArrayList<>();
    for (Object item : gate.list("stopOn")) {
      if (!(item instanceof Map<?, ?> map)) {
        throw gate.refused("stopOn", "a list of objects");
      }
      Fields stop =
          new Fields(gate.where() + ".stopOn", map)
              .requireExactly(Set.of("code", "vehicles", "then"));
      stops.add(
          new StopOn(
              stop.text("code"), stop.integer("vehicles", 1), stop.constant("then", Then.class)));
    }
    return stops;
  }

  /** Vehicles that count as failures, of those that failed and those that are silent. */
  public long failures(long failed, long silentVehicles) {
    return silent == SilentVehicles.FAILED ? failed + silentVehicles : failed;
  }
}
