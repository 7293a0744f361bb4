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
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.quartz.CronExpression;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
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
        quartz.addJob(detail(Launch.URGENT), true, true);
        quartz.scheduleJob(
            TriggerBuilder.newTrigger()
                .withIdentity(TriggerKey.triggerKey(campaign + "@" + Instant.now(), "urgent"))
                .forJob(Launch.URGENT)
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
   * Starts the scheduler: the nightly run and those that only issue by the settings' cron, and
   * whatever is handed over. A nightly run that was missed while no scheduler ran fires once, at
   * once; one that only issues does not.
   *
   * @throws ConvoyException CONFIGURATION when a cron expression is not one; USAGE when a scheduler
   *     runs already
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
      for (JobKey job : List.of(Launch.NIGHTLY, Launch.ISSUE, Launch.URGENT)) {
        quartz.addJob(detail(job), true, true);
      }
      ConvoySettings.Schedule when = settings.schedule();
      schedule(
          quartz,
          Launch.NIGHTLY,
          cron("nightly", when.nightly(), when.zone())
              .withMisfireHandlingInstructionFireAndProceed());
      if (when.issue().isEmpty()) {
        quartz.unscheduleJob(trigger(Launch.ISSUE));
      } else {
        schedule(
            quartz,
            Launch.ISSUE,
            cron("issue", when.issue(), when.zone()).withMisfireHandlingInstructionDoNothing());
      }
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
  private static void schedule(Scheduler quartz, JobKey job, CronScheduleBuilder when)
      throws SchedulerException {
    CronTrigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(trigger(job))
            .forJob(job)
            .withSchedule(when)
            .build();
    Trigger stored = quartz.getTrigger(trigger.getKey());
    if (stored == null) {
      quartz.scheduleJob(trigger);
    } else if (!(stored instanceof CronTrigger cron)
        || !cron.getCronExpression().equals(trigger.getCronExpression())
        || !cron.getTimeZone().toZoneId().equals(trigger.getTimeZone().toZoneId())) {
      quartz.rescheduleJob(trigger.getKey(), trigger);
    }
  }

  private static TriggerKey trigger(JobKey job) {
    return TriggerKey.triggerKey(job.getName());
  }

  private static CronScheduleBuilder cron(String key, String expression, ZoneId zone) {
    try {
      return CronScheduleBuilder.cronSchedule(new CronExpression(expression))
          .inTimeZone(TimeZone.getTimeZone(zone));
    } catch (ParseException e) {
      throw new ConvoyException(
          ErrorCode.CONFIGURATION,
          "schedule.%s '%s': expected a Quartz cron expression such as 0 30 1 * * ?: %s"
              .formatted(key, expression, e.getMessage()),
          e);
    }
  }

  /** When the next nightly run is due. */
  public ZonedDateTime nextNightly(ConvoySettings settings) {
    try {
      Trigger trigger = quartz.getTrigger(trigger(Launch.NIGHTLY));
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
