package convoy.jobs.publishoutbox;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.PublishedFiles;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.jobs.control.CampaignControl;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.Progress;
import convoy.jobs.publishoutbox.DeliveryPlan.Scope;
import convoy.writers.delivery.Destination;
import convoy.writers.delivery.OutgoingFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.batch.core.step.StepExecution;

/** One pass over the outbox. Each file is recorded before the next one is begun. */
final class Delivery {
  private final FleetStore store;
  private final Path outbox;
  private final Destination destination;
  private final String name;
  private final CampaignControl control;
  private final Progress progress;
  private final Clock clock;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Integer> held = new LinkedHashMap<>();
  private int copied;
  private int there;
  private long bytes;
  private int before;

  /**
   * @param name of the destination, in the store and for people
   */
  Delivery(
      FleetStore store,
      Path outbox,
      Destination destination,
      String name,
      CampaignControl control,
      Progress progress,
      Clock clock) {
    this.store = store;
    this.outbox = outbox;
    this.destination = destination;
    this.name = name;
    this.control = control;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Publishes what is to be published. After the first file that is not as its name says nothing
   * more is: what follows may name it.
   *
   * @throws ConvoyException JOB_FAILED when a file cannot be read or does not get there; those
   *     before it are published
   */
  void run(StepExecution step, Scope scope) throws IOException {
    DeliveryPlan plan = DeliveryPlan.of(store, outbox, name, scope);
    try {
      publishAll(step, plan, scope);
    } finally {
      // Also of a delivery that fails: what was carried out meanwhile is said nowhere else.
      progress.done();
      lines.add(0, summary(plan));
      held.forEach((why, files) -> lines.add("held back: %,d files, %s".formatted(files, why)));
      JobSummary.say(step, String.join("\n", lines));
    }
  }

  private void publishAll(StepExecution step, DeliveryPlan plan, Scope scope) {
    int done = 0;
    for (DeliveryPlan.Item item : plan.items()) {
      // Files may be large: a campaign that is paused meanwhile stops before its next shard.
      lines.addAll(control.carryOutWaiting(store, clock.instant()));
      progress.at("publishing files", done++, plan.items().size());
      try {
        publish(item, scope);
      } catch (ConvoyException e) {
        if (e.code() != ErrorCode.NOT_TRUSTED) {
          throw failed(String.valueOf(e.getMessage()), plan, e);
        }
        JobSummary.distrusted(step);
        lines.add("NOT PUBLISHED, nor what comes after it: " + e.getMessage());
        break;
      } catch (IOException e) {
        throw failed(
            "%s: %s: %s"
                .formatted(item.file().path().text(), e.getClass().getSimpleName(), e.getMessage()),
            plan,
            e);
      }
    }
  }

  private void publish(DeliveryPlan.Item item, Scope scope) throws IOException {
    var file = item.file();
    Optional<String> reason = DeliveryPlan.heldBack(store, item);
    if (reason.isPresent()) {
      String why = file.path().campaign().orElseThrow() + ": " + reason.get();
      held.merge(why, 1, Integer::sum);
      return;
    }
    FileCheck check = FileCheck.of(outbox, item);
    if (scope == Scope.NEW && isSame(check)) {
      PublishedFiles.touched(store, name, file);
      before++;
      return;
    }
    Destination.Outcome outcome =
        destination.put(
            new OutgoingFile(
                outbox.resolve(file.path().text()), file.path(), file.bytes(), check.sha256()));
    if (outcome == Destination.Outcome.WAS_THERE && isSame(check)) {
      before++;
      return;
    }
    PublishedFiles.record(store, name, file, check.sha256(), clock.instant());
    if (outcome == Destination.Outcome.COPIED) {
      copied++;
      bytes += file.bytes();
    } else {
      there++;
    }
  }

  private static boolean isSame(FileCheck check) {
    return check.verdict() == FileCheck.Verdict.SAME;
  }

  private String summary(DeliveryPlan plan) {
    String stood = there == 0 ? "" : "; %,d stood there already".formatted(there);
    return "%s: %,d files published, %,d bytes%s; %,d were published before"
        .formatted(name, copied, bytes, stood, plan.unchanged() + before);
  }

  private ConvoyException failed(String why, DeliveryPlan plan, Exception cause) {
    return new ConvoyException(
        ErrorCode.JOB_FAILED,
        "%s; %,d of %,d files were published before that"
            .formatted(why, copied + there, plan.items().size()),
        cause);
  }
}
