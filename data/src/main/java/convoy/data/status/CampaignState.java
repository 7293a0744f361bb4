package convoy.data.status;

/** Where a campaign stands (docs/states.md). */
public enum CampaignState {
  DRAFT,
  SUBMITTED,
  APPROVED,
  RUNNING,
  PAUSED,
  COMPLETED,
  ABORTED
}
