package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Fields;
import convoy.data.trust.IsoSeconds;
import convoy.data.trust.SignedDocument;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the four kinds of metadata have in common (TUF specification 1.0.34, section 4.3). */
record Metadata(String where, Fields signed, long version, Instant expires) {
  static final String SPEC_VERSION = "1.0.34";
  // A change of the first two numbers may change what a field means (section 4.3, SPEC_VERSION).
  private static final String COMPATIBLE = "1.0.";

  static Metadata read(SignedDocument document, String type) {
    Fields signed = document.signed();
    if (!signed.text("_type").equals(type)) {
      throw signed.refused("_type", "'" + type + "'");
    }
    if (!signed.text("spec_version").startsWith(COMPATIBLE)) {
      throw signed.refused("spec_version", "'" + SPEC_VERSION + "'");
    }
    return new Metadata(
        document.where(), signed, signed.integer("version", 1), signed.time("expires"));
  }

  /** Sections 5.3.10, 5.4.4, 5.5.6 and 5.6.5: it must expire after now. */
  Metadata requireCurrent(Instant now) {
    if (!expires.isAfter(now)) {
      throw untrusted(where + ": expired at " + IsoSeconds.format(expires) + ", and it is " + now);
    }
    return this;
  }

  /** Every document of a manifest names its vehicle, so that none serves another's. */
  Metadata requireVehicle(String vin) {
    Fields custom = signed.object("custom");
    if (!custom.text("vin").equals(vin)) {
      throw custom.refused("vin", "this vehicle, '" + vin + "'");
    }
    return this;
  }

  static ConvoyException untrusted(String message) {
    return untrusted(message, null);
  }

  static ConvoyException untrusted(String message, @Nullable Throwable cause) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message, cause);
  }
}
