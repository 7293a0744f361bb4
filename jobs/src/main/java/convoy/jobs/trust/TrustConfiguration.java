package convoy.jobs.trust;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.vehicle.ModuleCatalog;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The check that stands before planning and before issuing. */
@Configuration(proxyBeanMethods = false)
public class TrustConfiguration {
  @Bean
  TrustCheck trustCheck(Home home, ConvoySettings settings, ModuleCatalog modules, Clock clock) {
    return new TrustCheck(TrustRoot.of(home, settings), modules, clock);
  }
}
