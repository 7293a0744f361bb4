package convoy.jobs.control;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.jobs.images.ImageStore;
import convoy.jobs.trust.RollbackCheck;
import convoy.jobs.trust.TrustCheck;
import convoy.jobs.trust.TrustRoot;
import convoy.jobs.trust.WithdrawalCheck;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What people do to campaigns, for the jobs. */
@Configuration(proxyBeanMethods = false)
public class ControlConfiguration {
  @Bean
  CampaignControl campaignControl(
      Home home,
      ConvoySettings settings,
      TrustCheck trust,
      WithdrawalCheck withdrawals,
      RollbackCheck rollbacks,
      ImageStore images) {
    return new CampaignControl(
        home, settings, TrustRoot.of(home, settings), trust, withdrawals, rollbacks, images);
  }
}
