package convoy.jobs.control;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.jobs.images.ImageStore;
import convoy.jobs.trust.TrustCheck;
import convoy.jobs.trust.TrustRoot;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What people do to campaigns, for the jobs. */
@Configuration(proxyBeanMethods = false)
public class ControlConfiguration {
  @Bean
  CampaignControl campaignControl(
      Home home, ConvoySettings settings, TrustCheck trust, ImageStore images, Clock clock) {
    return new CampaignControl(home, settings, TrustRoot.of(home, settings), trust, images, clock);
  }
}
