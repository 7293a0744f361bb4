package convoy.jobs.reconcilestatus;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.trust.CanonicalJson;
import convoy.data.trust.CertificateKey;
import convoy.data.trust.IsoSeconds;
import convoy.data.trust.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keys of ECUs, with the certificates of docs/formats/status-log, that sign version reports. */
enum ReportSigner {
  /** Ed25519. */
  GATEWAY("gateway.pem", 9),
  /** ECDSA on P-256. */
  ABS("abs.pem", 0x0b),
  /** Another key than that of the certificate. */
  STRANGER("gateway.pem", 10);

  private final String certificate;
  private final int filler;

  ReportSigner(String file, int filler) {
    this.filler = filler;
    try {
      certificate =
          Files.readString(Path.of("../docs/formats/status-log").resolve(file))
              .replaceAll("-----[A-Z ]+-----|\\s", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its DER in Base64, as an export has it. */
  String certificate() {
    return certificate;
  }

  /** The signed document as values. */
  Map<String, Object> signed(Map<String, Object> content) {
    byte[] bytes = CanonicalJson.encode(content);
    return Map.of(
        "signatures",
        List.of(Map.of("keyid", CertificateKey.of(certificate).keyid(), "sig", sign(bytes))),
        "signed",
        content);
  }

  static String text(Map<String, Object> document) {
    return new String(CanonicalJson.encode(document), UTF_8);
  }

  /** What a vehicle sends, on one line. */
  static String vehicle(
      String vin, String primary, ReportSigner signer, List<Map<String, Object>> ecus) {
    return text(
        signer.signed(
            Map.of(
                "_type",
                "vehicle-version-report",
                "vin",
                vin,
                "primary_ecu_serial",
                primary,
                "ecu_version_reports",
                ecus)));
  }

  /**
   * What an ECU signs.
   *
   * @param minutes after {@link RunningCampaign#NOW}
   */
  static Map<String, Object> ecu(
      ReportSigner signer,
      String serial,
      long counter,
      int minutes,
      String hash,
      long length,
      String attacks) {
    Map<String, Object> signed = new TreeMap<>();
    signed.put("_type", "ecu-version-report");
    signed.put("ecu_serial", serial);
    signed.put("time", IsoSeconds.format(RunningCampaign.NOW.plus(Duration.ofMinutes(minutes))));
    signed.put("counter", counter);
    signed.put(
        "installed_image",
        Map.of("name", "x.bin", "length", length, "hashes", Map.of("sha256", hash)));
    signed.put("attacks_detected", attacks);
    return signer.signed(signed);
  }

  private String sign(byte[] bytes) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) filler);
    if (this != ABS) {
      return SigningKey.ofSeed(secret).sign(bytes);
    }
    try {
      AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
      curve.init(new ECGenParameterSpec("secp256r1"));
      Signature ecdsa = Signature.getInstance("SHA256withECDSAinP1363Format");
      ecdsa.initSign(
          KeyFactory.getInstance("EC")
              .generatePrivate(
                  new ECPrivateKeySpec(
                      new BigInteger(1, secret), curve.getParameterSpec(ECParameterSpec.class))));
      ecdsa.update(bytes);
      return HexFormat.of().formatHex(ecdsa.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
