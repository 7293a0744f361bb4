package convoy.jobs.auditinventory;

import convoy.config.ConvoySettings;
import convoy.data.accuracy.AuditRules;
import convoy.data.accuracy.InventoryCheck;
import convoy.data.duckdb.InventoryAudit;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.Powertrain;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.OpenStore;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.platform.Tasklets;
import java.time.Clock;
import java.util.stream.Collectors;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Checks the whole inventory for what cannot be, and for what exports and reports disagree on. */
@Configuration(proxyBeanMethods = false)
public class AuditInventoryJobConfiguration {
  public static final String JOB = "auditInventory";

  @Bean
  Job auditInventory(
      JobRepository repository,
      OpenStore store,
      ConvoySettings settings,
      ModuleCatalog modules,
      Clock clock) {
    return new JobBuilder(JOB, repository)
        .start(
            Tasklets.step(
                "checkInventory",
                repository,
                step -> {
                  String run = RunParameters.of(step.getJobParameters()).run();
                  InventoryAudit.run(
                      store.get(), run, rules(settings.audit()), modules, clock.instant());
                  JobSummary.say(
                      step,
                      InventoryAudit.results(store.get(), run).stream()
                          .filter(result -> result.findings() > 0)
                          .map(AuditInventoryJobConfiguration::line)
                          .collect(Collectors.joining("\n")));
                }))
        .build();
  }

  private static AuditRules rules(ConvoySettings.Audit settings) {
    return new AuditRules(
        settings.silentAfter(),
        settings.releaseVehicles(),
        settings.examples(),
        settings.impossible().stream()
            .map(
                pair ->
                    new AuditRules.Combination(
                        Powertrain.valueOf(pair.powertrain().name()), pair.module()))
            .toList());
  }

  private static String line(InventoryAudit.Result result) {
    InventoryCheck check = result.check();
    Long before = result.before();
    return "%s %s: %,d of %,d %s%s"
        .formatted(
            check.severity(),
            check,
            result.findings(),
            result.rowsChecked(),
            check.subject() == InventoryCheck.Subject.ECUS ? "ECUs" : "vehicles",
            before == null ? "" : ", %,d in the run before".formatted(before));
  }
}
