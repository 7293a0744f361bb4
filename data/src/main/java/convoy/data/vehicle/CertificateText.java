package convoy.data.vehicle;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;

/** An X.509 certificate as text: PEM (RFC 7468), or its DER in Base64 alone. */
final class CertificateText {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";
  private static final int DER_SEQUENCE = 0x30;

  private CertificateText() {}

  /** The text is no certificate; the message says why. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }

    Unreadable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The certificate's DER in Base64, on one line; the same for every way of writing it. */
  static String canonical(String text) throws Unreadable {
    byte[] der = der(text);
    if (der.length == 0) {
      throw new Unreadable("no content");
    }
    if (der[0] != DER_SEQUENCE) {
      throw new Unreadable("Base64 of something else");
    }
    byte[] certificate;
    try {
      certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der))
              .getEncoded();
    } catch (CertificateException e) {
      throw new Unreadable("DER that is cut off or no certificate: " + e.getMessage(), e);
    }
    if (certificate.length != der.length) {
      throw new Unreadable(
          "%d bytes after the certificate".formatted(der.length - certificate.length));
    }
    return Base64.getEncoder().encodeToString(certificate);
  }

  private static byte[] der(String text) throws Unreadable {
    String body = text;
    if (text.startsWith("-----")) {
      if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
        throw new Unreadable("PEM that is not from " + BEGIN + " to " + END);
      }
      body = text.substring(BEGIN.length(), text.length() - END.length());
      if (body.contains(BEGIN)) {
        throw new Unreadable("more than one certificate");
      }
    }
    try {
      return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new Unreadable("not Base64", e);
    }
  }
}
