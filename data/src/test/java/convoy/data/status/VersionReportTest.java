package convoy.data.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.trust.CertificateKey;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a version report says, and over which bytes it is signed: the example of the page. */
class VersionReportTest {
  private static final Path EXAMPLE = Path.of("../docs/formats/status-log");

  private static String example() throws IOException {
    return Files.readString(EXAMPLE.resolve("vehicle.vvr.jsonl")).strip();
  }

  private static VersionReport.Content content() throws IOException {
    VersionReport report = VersionReport.parse(1, example());
    assertThat(report.fault()).isNull();
    return Objects.requireNonNull(report.content());
  }

  private static EcuReport ecu(int index) throws IOException {
    VersionReport.Part part = content().ecus().get(index);
    assertThat(part.fault()).isNull();
    return Objects.requireNonNull(part.report());
  }

  @Test
  void theDocumentedExampleSaysWhatItsEcusRun() throws IOException {
    assertThat(content().vin()).isEqualTo("WVWZZZ1KZAW000001");
    assertThat(content().primary()).isEqualTo("GW-000001");
    assertThat(content().document().encoded()).isEqualTo(example().getBytes(UTF_8));
    EcuReport abs = ecu(1);
    assertThat(
            List.of(
                abs.serial(),
                abs.time(),
                abs.counter(),
                abs.image(),
                abs.length(),
                Objects.requireNonNull(abs.attacks())))
        .containsExactly(
            "ABS-000001",
            Instant.parse("2026-03-02T04:00:00Z"),
            97L,
            "ABS.2.abs-2.1.0.bin",
            524_288L,
            "image with an old release counter offered");
    assertThat(ecu(0).attacks()).isNull();
  }

  @Test
  void itsSignaturesAreThoseOfTheCertificates() throws IOException {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) 9);
    SigningKey key = SigningKey.ofSeed(seed);
    CertificateKey gateway = certificate("gateway.pem");
    CertificateKey abs = certificate("abs.pem");
    for (SignedDocument document : List.of(content().document(), ecu(0).document())) {
      SignedDocument.Signature signature = document.signatures().get(0);
      assertThat(signature.keyid()).isEqualTo(gateway.keyid());
      assertThat(signature.sig()).isEqualTo(key.sign(document.signedBytes()));
      assertThat(gateway.verifies(document.signedBytes(), signature.sig())).isTrue();
      assertThat(abs.verifies(document.signedBytes(), signature.sig())).isFalse();
    }
    SignedDocument.Signature signature = ecu(1).document().signatures().get(0);
    assertThat(signature.keyid()).isEqualTo(abs.keyid());
    assertThat(abs.verifies(ecu(1).document().signedBytes(), signature.sig())).isTrue();
    assertThat(abs.verifies(ecu(0).document().signedBytes(), signature.sig())).isFalse();
    assertThat(abs.verifies(ecu(1).document().signedBytes(), "0".repeat(128))).isFalse();
    assertThat(abs.verifies(ecu(1).document().signedBytes(), signature.sig().substring(2)))
        .isFalse();
  }

  private static CertificateKey certificate(String name) throws IOException {
    return CertificateKey.of(
        Files.readString(EXAMPLE.resolve(name)).replaceAll("-----[A-Z ]+-----|\\s", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                        | [                           | report: not valid JSON at line 1, column
          "vehicle-version-report" | "targets"                   | report: signed._type: found 'targets', expected 'vehicle-version-report'
          "vin":                   | "vin":1,"x":                | report: signed.vin: found '1', expected text
          "primary_ecu_serial":    | "serial":                   | report: signed.primary_ecu_serial: found nothing, expected text
          "counter":412            | "counter":412.5             | report: signed: ecu_version_reports[0].signed.counter: found the number 412.5, expected a whole number
          "signed":{"_type":"v     | "x":{"_type":"v             | report: found the fields [signatures, x], expected [signatures, signed]
          """)
  void whatIsNoReportIsToldWhy(String part, String replacement, String fault) throws IOException {
    VersionReport report = VersionReport.parse(3, example().replaceFirst(quote(part), replacement));
    assertThat(report.content()).isNull();
    assertThat(report.fault()).startsWith(fault);
    assertThat(report.rows()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "counter":412            | "counter":0      | ecu_version_reports[0].signed.counter: found '0', expected a whole number, 1 or more
          "attacks_detected":""    | "attacks":""     | ecu_version_reports[0].signed.attacks_detected: found nothing, expected text, empty for no attack
          "length":2097152         | "length":0       | ecu_version_reports[0].signed.installed_image.length: found '0', expected a whole number, 1 or more
          "ecu-version-report"     | "x"              | ecu_version_reports[0].signed._type: found 'x', expected 'ecu-version-report'
          04:00:00Z                | 04:00:00.5Z      | ecu_version_reports[0].signed.time: found '2026-03-02T04:00:00.5Z', expected a time such as 2026-03-01T12:00:00Z
          GW-000001                | ABS-000001       | -
          """)
  void oneEcusFaultIsItsOwn(String part, String replacement, String fault) throws IOException {
    VersionReport report = VersionReport.parse(3, example().replaceFirst(quote(part), replacement));
    List<VersionReport.Part> ecus = Objects.requireNonNull(report.content()).ecus();
    assertThat(report.rows()).isEqualTo(2);
    if (fault.equals("-")) {
      assertThat(ecus.get(1).fault())
          .isEqualTo("ecu_version_reports[1]: ECU ABS-000001 stands twice, expected once");
    } else {
      assertThat(ecus.get(0).fault()).isEqualTo(fault);
      assertThat(ecus.get(1).report()).isNotNull();
    }
  }

  private static String quote(String text) {
    return Pattern.quote(text);
  }

  @Test
  void whatConvoySendsAgainIsTheSameReport() throws IOException {
    String marked = "{\"resubmitted\":\"2026-03-02T05:00:00Z\"," + example().substring(1);
    assertThat(
            Objects.requireNonNull(VersionReport.parse(1, marked).content()).document().encoded())
        .isEqualTo(example().getBytes(UTF_8));
  }
}
