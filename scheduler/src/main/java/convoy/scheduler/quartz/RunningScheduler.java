package convoy.scheduler.quartz;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.scheduler.launch.ConvoyContext;
import convoy.scheduler.launch.NightlyRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.quartz.CronExpression;
import org.quartz.CronScheduleBuilder;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/**
 * The scheduler of one installation: at most one process runs it, and others hand launches to it.
 */
public final class RunningScheduler implements AutoCloseable {
  private static final JobKey NIGHTLY = JobKey.jobKey("nightly");
  private static final JobKey URGENT = JobKey.jobKey("urgent");

  private final FileChannel presence;
  private final Scheduler quartz;

  private RunningScheduler(FileChannel presence, Scheduler quartz) {
    this.presence = presence;
    this.quartz = quartz;
  }

  /** Whether a process runs the scheduler of that home. */
  public static boolean isRunning(Home home) {
    try (FileChannel channel = open(home)) {
      return channel.tryLock() == null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Hands a launch over to the running scheduler.
   *
   * @param campaign the campaign of an urgent run
   */
  public static void handOverUrgent(Home home, ConvoySettings settings, String campaign) {
    try (var database = ConvoyContext.jobDatabase(home, settings)) {
      Scheduler quartz = QuartzStore.scheduler(database, database.getJdbcUrl());
      try {
        quartz.addJob(detail(URGENT), true, true);
        quartz.scheduleJob(
            TriggerBuilder.newTrigger()
                .withIdentity(TriggerKey.triggerKey(campaign + "@" + Instant.now(), "urgent"))
                .forJob(URGENT)
                .usingJobData(Launch.CAMPAIGN, campaign)
                .withPriority(Trigger.DEFAULT_PRIORITY + 5)
                .startNow()
                .build());
      } finally {
        quartz.shutdown(false);
      }
    } catch (SchedulerException e) {
      throw new ConvoyException(
          ErrorCode.JOB_FAILED, "handing over to the scheduler: " + e.getMessage(), e);
    }
  }

  /**
   * Starts the scheduler: the nightly run by the settings' cron, and whatever is handed over. A
   * nightly run that was missed while no scheduler ran fires once, at once.
   *
   * @throws ConvoyException CONFIGURATION when the cron expression is not one; USAGE when a
   *     scheduler runs already
   */
  public static RunningScheduler start(
      Home home, ConvoySettings settings, DataSource database, String url, NightlyRun runs) {
    try {
      FileChannel presence = open(home);
      if (presence.tryLock() == null) {
        presence.close();
        throw new ConvoyException(
            ErrorCode.USAGE, "a scheduler runs for " + home.root() + " already");
      }
      Scheduler quartz = QuartzStore.scheduler(database, url);
      quartz.setJobFactory((bundle, scheduler) -> new Launch(runs));
      quartz.addJob(detail(NIGHTLY), true, true);
      quartz.addJob(detail(URGENT), true, true);
      Trigger nightly =
          TriggerBuilder.newTrigger()
              .withIdentity("nightly")
              .forJob(NIGHTLY)
              .withSchedule(
                  CronScheduleBuilder.cronSchedule(cron(settings))
                      .withMisfireHandlingInstructionFireAndProceed())
              .build();
      keepMissedFiring(quartz, nightly, settings);
      quartz.start();
      return new RunningScheduler(presence, quartz);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SchedulerException e) {
      throw new ConvoyException(
          ErrorCode.JOB_FAILED, "the scheduler did not start: " + e.getMessage(), e);
    }
  }

  /**
   * Replaces the stored trigger only when the settings changed: replacing it would forget a missed
   * night.
   */
  private static void keepMissedFiring(Scheduler quartz, Trigger nightly, ConvoySettings settings)
      throws SchedulerException {
    Trigger stored = quartz.getTrigger(nightly.getKey());
    if (stored == null) {
      quartz.scheduleJob(nightly);
    } else if (!(stored instanceof org.quartz.CronTrigger cron)
        || !cron.getCronExpression().equals(settings.schedule().nightly())
        || !cron.getTimeZone().toZoneId().equals(settings.schedule().zone())) {
      quartz.rescheduleJob(nightly.getKey(), nightly);
    }
  }

  private static CronExpression cron(ConvoySettings settings) {
    try {
      CronExpression cron = new CronExpression(settings.schedule().nightly());
      cron.setTimeZone(TimeZone.getTimeZone(settings.schedule().zone()));
      return cron;
    } catch (ParseException e) {
      throw new ConvoyException(
          ErrorCode.CONFIGURATION,
          "schedule.nightly '%s': expected a Quartz cron expression such as 0 30 1 * * ?: %s"
              .formatted(settings.schedule().nightly(), e.getMessage()),
          e);
    }
  }

  /** When the next nightly run is due. */
  public ZonedDateTime nextNightly(ConvoySettings settings) {
    try {
      Trigger trigger = quartz.getTrigger(TriggerKey.triggerKey("nightly"));
      Date next = trigger.getNextFireTime();
      return next.toInstant().atZone(settings.schedule().zone());
    } catch (SchedulerException e) {
      throw new ConvoyException(ErrorCode.JOB_FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  /** Stops firing, waits for the job that runs, and lets go of the installation. */
  @Override
  public void close() {
    try {
      quartz.shutdown(true);
      presence.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SchedulerException e) {
      throw new ConvoyException(ErrorCode.JOB_FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  private static JobDetail detail(JobKey key) {
    return JobBuilder.newJob(Launch.class)
        .withIdentity(key)
        .storeDurably()
        .requestRecovery()
        .build();
  }

  private static FileChannel open(Home home) throws IOException {
    Path file = home.store().resolve("scheduler.lock");
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}
