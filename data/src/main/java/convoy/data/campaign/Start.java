package convoy.data.campaign;

/** When an approved campaign begins. */
public enum Start {
  /** The next run plans and releases it. */
  AUTOMATIC,
  /** It is matched, and planned and released once a person starts it. */
  MANUAL
}
