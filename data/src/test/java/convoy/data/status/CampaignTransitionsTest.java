package convoy.data.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CampaignTransitionsTest {
  @Test
  void theDocumentShowsTheTableOfCampaigns() throws IOException {
    assertThat(Tables.documented("| from | SUBMIT |"))
        .isEqualTo(
            Tables.inCode(
                CampaignState.values(), CampaignTrigger.values(), CampaignTransitions::next))
        .hasSize(24);
  }

  @Test
  void theDocumentShowsTheTableOfWaves() throws IOException {
    assertThat(Tables.documented("| from | RELEASE |"))
        .isEqualTo(Tables.inCode(WaveState.values(), WaveTrigger.values(), WaveTransitions::next))
        .hasSize(4);
  }

  @Test
  void everyCampaignThatIsNotOverCanBeAborted() {
    assertThat(CampaignTransitions.states(CampaignTrigger.ABORT))
        .containsExactly(
            CampaignState.DRAFT,
            CampaignState.SUBMITTED,
            CampaignState.APPROVED,
            CampaignState.RUNNING,
            CampaignState.PAUSED);
  }
}
