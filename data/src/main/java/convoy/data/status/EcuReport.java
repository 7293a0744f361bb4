package convoy.data.status;

import convoy.data.trust.Fields;
import convoy.data.trust.Hashes;
import convoy.data.trust.SignedDocument;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one ECU says of itself (Uptane Standard 2.1, "ECU version report"); its signature is not
 * checked yet.
 *
 * @param signedSha256 the hash of what is signed, by which the report is known
 * @param time the latest time that the ECU could verify
 * @param counter grows with each report of the ECU, so that none can be played again
 * @param image the name of the installed image
 * @param length its bytes
 * @param sha256 its hash
 * @param attacks what attack the ECU detected; null for none
 */
public record EcuReport(
    SignedDocument document,
    String signedSha256,
    String serial,
    Instant time,
    long counter,
    String image,
    long length,
    String sha256,
    @Nullable String attacks) {
  static final String TYPE = "ecu-version-report";
  private static final int LONGEST_TEXT = 1_000;

  /**
   * Reads a report.
   *
   * @throws convoy.data.error.ConvoyException NOT_TRUSTED when it does not have that form
   */
  static EcuReport parse(Fields report) {
    SignedDocument document = SignedDocument.parse(report, report.where());
    Fields signed = document.signed().requireType(TYPE);
    Fields image = signed.object("installed_image");
    Object attacks = signed.values().get("attacks_detected");
    if (!(attacks instanceof String text)) {
      throw signed.refused("attacks_detected", "text, empty for no attack");
    }
    return new EcuReport(
        document,
        // What is signed must have its canonical form, or no signature could be checked.
        Hashes.sha256(document.signedBytes()),
        signed.text("ecu_serial"),
        signed.time("time"),
        signed.integer("counter", 1),
        image.text("name"),
        image.integer("length", 1),
        image.object("hashes").hex("sha256", 32),
        text.isBlank() ? null : text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
  }
}
