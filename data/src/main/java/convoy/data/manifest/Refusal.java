package convoy.data.manifest;

/** Why a vehicle refuses a manifest; the name is the error code that it reports. */
public enum Refusal {
  /** A signature, a hash, a version, a release counter or the form does not hold. */
  MANIFEST_REFUSED,
  /** It, the list of images or a root has run out by the vehicle's own time. */
  MANIFEST_EXPIRED,
  /** It names an ECU that the vehicle does not have. */
  ECU_UNKNOWN,
  /** An ECU has other hardware than the one that its image is for. */
  WRONG_HARDWARE;

  /**
   * Whether the vehicle reports it as an attack that it detected: what holds was made for someone
   * else, or by someone else. What ran out or does not fit may be a wrong clock, or a new part.
   */
  public boolean isAttack() {
    return this == MANIFEST_REFUSED;
  }
}
