package convoy.data.update;

/** Why an update is made. */
public enum UpdateCategory {
  SECURITY,
  SAFETY_RECALL,
  BUG_FIX,
  FEATURE,
  REGULATORY
}
