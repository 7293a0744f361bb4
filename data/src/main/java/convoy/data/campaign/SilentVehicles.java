package convoy.data.campaign;

/** How a gate counts vehicles of which nothing was heard by their deadline. */
public enum SilentVehicles {
  /** As failed, until they say otherwise. */
  FAILED,
  /** Not at all: neither among those that fail nor among those that are to succeed. */
  IGNORED,
  /** As not failed, but the wave goes on waiting for them. */
  HELD
}
