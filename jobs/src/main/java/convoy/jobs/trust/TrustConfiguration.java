package convoy.jobs.trust;

import convoy.config.Home;
import convoy.data.vehicle.ModuleCatalog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The check that stands before planning and before issuing. */
@Configuration(proxyBeanMethods = false)
public class TrustConfiguration {
  @Bean
  TrustCheck trustCheck(Home home, ModuleCatalog modules) {
    return new TrustCheck(new Operators(home.keys()), home.campaigns(), modules);
  }
}
