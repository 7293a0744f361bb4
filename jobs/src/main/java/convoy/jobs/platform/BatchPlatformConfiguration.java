package convoy.jobs.platform;

import javax.sql.DataSource;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.launch.support.JobOperatorFactoryBean;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.scope.JobScope;
import org.springframework.batch.core.scope.StepScope;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Spring Batch over the job repository's database. Steps run in its transactions; what they write
 * to the fleet store is committed there together with the position to restart from (docs/adr/0002).
 */
@Configuration(proxyBeanMethods = false)
public class BatchPlatformConfiguration {
  @Bean
  PlatformTransactionManager transactionManager(DataSource jobDatabase) {
    return new JdbcTransactionManager(jobDatabase);
  }

  @Bean
  JdbcJobRepositoryFactoryBean jobRepository(
      DataSource jobDatabase, PlatformTransactionManager transactions) {
    JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
    factory.setDataSource(jobDatabase);
    factory.setTransactionManager(transactions);
    return factory;
  }

  @Bean
  JobRegistry jobRegistry() {
    return new MapJobRegistry();
  }

  @Bean
  JobOperatorFactoryBean jobOperator(
      JobRepository repository, JobRegistry registry, PlatformTransactionManager transactions) {
    JobOperatorFactoryBean factory = new JobOperatorFactoryBean();
    factory.setJobRepository(repository);
    factory.setJobRegistry(registry);
    factory.setTransactionManager(transactions);
    return factory;
  }

  @Bean
  static StepScope stepScope() {
    return new StepScope();
  }

  @Bean
  static JobScope jobScope() {
    JobScope scope = new JobScope();
    // The annotation makes the proxy, of the class; another around it would have interfaces alone.
    scope.setAutoProxy(false);
    return scope;
  }

  @Bean
  OpenStore openStore() {
    return new OpenStore();
  }
}
