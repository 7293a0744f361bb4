package convoy.data.status;

/** What moves a campaign from one state to another. */
public enum CampaignTrigger {
  /** Its author submits it for approval. */
  SUBMIT,
  /** Someone approves it, and others have to as well. */
  APPROVE_IN_PART,
  /** Everyone who has to approve it has done so. */
  APPROVE,
  /** One who was to approve it says no. */
  SEND_BACK,
  /** Its waves are planned and the first one is released. */
  RELEASE,
  /** A person or a gate pauses it, or what it stands on cannot be trusted. */
  PAUSE,
  /** Its update is withdrawn. */
  WITHDRAW,
  /** A person resumes it, and its waves are planned. */
  RESUME,
  /** A person resumes it before its waves were planned. */
  RESUME_UNPLANNED,
  /** A person or a gate ends it. */
  ABORT,
  /** All waves succeeded and nothing is left to try. */
  COMPLETE,
  /** Its end has come, and no vehicle may still act. */
  END
}
