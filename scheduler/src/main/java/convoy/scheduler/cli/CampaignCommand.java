package convoy.scheduler.cli;

import picocli.CommandLine.Command;

@Command(
    name = "campaign",
    description = "Creates, previews, approves and controls campaigns.",
    subcommands = {
      CreateCommand.class,
      PreviewCommand.class,
      SubmitCommand.class,
      ApproveCommand.class,
      RejectCommand.class,
      CampaignActCommand.StartCampaign.class,
      CampaignActCommand.PauseCampaign.class,
      CampaignActCommand.ResumeCampaign.class,
      CampaignActCommand.AdvanceCampaign.class,
      CampaignActCommand.AbortCampaign.class,
      WithdrawCommand.class,
      RollbackCommand.class,
      CampaignStatusCommand.class,
      CampaignListCommand.class,
      CampaignIssuedCommand.class,
    })
final class CampaignCommand {}
