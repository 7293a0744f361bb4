package convoy.scheduler.cli;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.trust.Permission;
import convoy.jobs.trust.Actor;
import convoy.scheduler.launch.ConvoyContext;
import convoy.scheduler.quartz.RunningScheduler;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "schedule",
    description = {
      "Starts runs by the settings' cron expressions, the nightly flow above all, and urgent ones as they are handed over.",
      "Stays in the foreground until it is told to stop (Ctrl-C, SIGTERM); it then finishes the run under way."
    })
final class ScheduleCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();
  @Mixin private ActorOptions actor = new ActorOptions();

  @Override
  public Integer call() throws InterruptedException {
    Actor operator = actor.prove(options, Permission.RUN_JOBS);
    Home home = options.existing();
    ConvoySettings settings = options.settings(home);
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    if (!StopSignals.onFirst(stopped::countDown)) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    stopped.countDown();
                    awaitQuietly(closed);
                  },
                  "stop"));
    }
    try (ConvoyContext context = options.context(Clock.systemUTC(), operator);
        RunningScheduler scheduler =
            RunningScheduler.start(
                home, settings, context.jobDatabase(), context.jobDatabaseUrl(), context.runs())) {
      options
          .console()
          .line(
              "scheduler of %s runs; next nightly run %s"
                  .formatted(home.root(), scheduler.nextNightly(settings)));
      stopped.await();
      options
          .console()
          .line(
              "stopping; a run that is under way is finished first, a second signal ends it at once");
    } finally {
      closed.countDown();
    }
    return 0;
  }

  /** The process must not end before the jobs have let go of their stores. */
  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
