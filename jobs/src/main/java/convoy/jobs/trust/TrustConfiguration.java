package convoy.jobs.trust;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.vehicle.ModuleCatalog;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The checks that stand before planning, before issuing, and before taking back. */
@Configuration(proxyBeanMethods = false)
public class TrustConfiguration {
  @Bean
  TrustCheck trustCheck(Home home, ConvoySettings settings, ModuleCatalog modules, Clock clock) {
    return new TrustCheck(TrustRoot.of(home, settings), modules, clock);
  }

  @Bean
  WithdrawalCheck withdrawalCheck(
      Home home, ConvoySettings settings, TrustCheck trust, Clock clock) {
    return new WithdrawalCheck(TrustRoot.of(home, settings), trust, clock);
  }

  @Bean
  RollbackCheck rollbackCheck(Home home, ConvoySettings settings, TrustCheck trust, Clock clock) {
    return new RollbackCheck(TrustRoot.of(home, settings), trust, clock);
  }
}
