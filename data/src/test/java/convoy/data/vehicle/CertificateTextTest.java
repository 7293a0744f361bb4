package convoy.data.vehicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateTextTest {
  @TempDir Path folder;

  // The certificate beside the format page of manifests: of a key on P-256.
  private static final String BODY =
      """
      MIIBqzCCAVGgAwIBAgIUHWIZdg0Bw4kQ6cXF99J0Os7rvYkwCgYIKoZIzj0EAwIw
      KjEVMBMGA1UECgwMRXhhbXBsZSBFQ1VzMREwDwYDVQQDDAhCTVMtMDAwMTAgFw0y
      NjExMjYyMjIwMTlaGA8yMTI2MTEwMjIyMjAxOVowKjEVMBMGA1UECgwMRXhhbXBs
      ZSBFQ1VzMREwDwYDVQQDDAhCTVMtMDAwMTBZMBMGByqGSM49AgEGCCqGSM49AwEH
      A0IABF3YALwwGN2EPxbq1vt8HdLnsh/QAQ7FuTCyx2+ifngggByb0NvAkoiBgsyr
      JYMOePLR9L9d8E2YeVMbfLs6Ns6jUzBRMB0GA1UdDgQWBBTlGCaHtrVMHup7NftW
      RgM46dtYPjAfBgNVHSMEGDAWgBTlGCaHtrVMHup7NftWRgM46dtYPjAPBgNVHRMB
      Af8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDWQNZaxPBShXe052VbUMFwE1X1
      m4OGaqBGL+m0lZG3DgIgO4yDPmYehcSIX9FOmUjG6YVA8HS4PbDmaFdTO4pfXeQ=
      """;
  private static final String BASE64 = BODY.replace("\n", "");
  private static final String PEM =
      "-----BEGIN CERTIFICATE-----\n" + BODY + "-----END CERTIFICATE-----";

  // Made by: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:secp384r1
  // -subj "/CN=GATEWAY SN-0043" -days 36500
  private static final String P384 =
      "MIIByDCCAU6gAwIBAgIUbWgVx5uJKR4lOxdnGTEcj5I8D88wCgYIKoZIzj0EAwIwGjEYMBYGA1UEAwwP"
          + "R0FURVdBWSBTTi0wMDQzMCAXDTI2MTEyNjIzMzExOVoYDzIxMjYxMTAyMjMzMTE5WjAaMRgwFgYDVQQD"
          + "DA9HQVRFV0FZIFNOLTAwNDMwdjAQBgcqhkjOPQIBBgUrgQQAIgNiAARXNcN7X7dk5kqXbarlbLoJ3fMu"
          + "E2wuytBW+IT5nzPm50a/giBlY4DKi9gvPwDCbtQFBZpm4L3U6ifc/iRysvGLuej86qU9+YKPGCzT0NQl"
          + "or2FpbT87LgGPxd0TtOWkX6jUzBRMB0GA1UdDgQWBBT6ww9r2RRGnrTCuP/ki9o7GtXx5DAfBgNVHSME"
          + "GDAWgBT6ww9r2RRGnrTCuP/ki9o7GtXx5DAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA2gAMGUC"
          + "MQDwI+jyzOkk+EPKBXUCiQg3txikK/vQCdKduwYK4jwySuM7wzMB+NEyZE7jT7JZ8qcCMGsPAIkP8/JH"
          + "w8v9wusa2lsSxk019Tu8Yxgv4TZPc0xMG+KBSKsiayUys0IvlCSj/A==";

  // Made by: openssl req -x509 -newkey ed25519 -subj "/CN=GATEWAY SN-0042" -days 36500
  private static final String ED25519 =
      """
      MIIBSjCB/aADAgECAhRP3hsMUIMevjUph1alFwmsqKYaKTAFBgMrZXAwGjEYMBYG
      A1UEAwwPR0FURVdBWSBTTi0wMDQyMCAXDTI2MTEyNTAxMDkwNVoYDzIxMjYxMTAx
      MDEwOTA1WjAaMRgwFgYDVQQDDA9HQVRFV0FZIFNOLTAwNDIwKjAFBgMrZXADIQCc
      /G4WXmFfG+DixS996TdJBEukkc8TmV1Ex8snIbAryqNTMFEwHQYDVR0OBBYEFM6P
      7iNY+8X0xdRulOOjrup1uXhcMB8GA1UdIwQYMBaAFM6P7iNY+8X0xdRulOOjrup1
      uXhcMA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EAzHvHHdbPfnrPrGvfUDySFAMH
      VvokfyS0ydO4hQd0KxKqI0TjmTYeFCNwv/2rHHX0LsmnEkRjY8l/hvV40hiGCg==
      """
          .replace("\n", "");

  @Test
  void everyWayOfWritingItComesOutAsOneLine() throws Exception {
    assertThat(CertificateText.canonical(BASE64)).isEqualTo(BASE64);
    assertThat(CertificateText.canonical(PEM)).isEqualTo(BASE64);
    assertThat(CertificateText.canonical(PEM.replace("\n", "\r\n"))).isEqualTo(BASE64);
    assertThat(CertificateText.canonical(PEM.replace('\n', ' '))).isEqualTo(BASE64);
    assertThat(CertificateText.canonical(PEM.replace("\n", ""))).isEqualTo(BASE64);
  }

  @Test
  void whatIsNoCertificateIsRefusedWithTheReason() {
    assertRefused("plain text, no certificate!", "not Base64");
    assertRefused("TUlJ", "Base64 of something else");
    assertRefused("-----BEGIN CERTIFICATE----------END CERTIFICATE-----", "no content");
    assertRefused("-----BEGIN CERTIFICATE-----", "PEM that is not from -----BEGIN");
    assertRefused(PEM.replace("CERTIFICATE", "PRIVATE KEY"), "PEM that is not from -----BEGIN");
    assertRefused(PEM + "\n" + PEM, "more than one certificate");
    assertRefused(BASE64.substring(0, 200), "DER that is cut off or no certificate");
    byte[] der = Base64.getDecoder().decode(BASE64);
    byte[] longer = Arrays.copyOf(der, der.length + 3);
    assertRefused(Base64.getEncoder().encodeToString(longer), "3 bytes after the certificate");
  }

  private static void assertRefused(String text, String reason) {
    assertThatThrownBy(() -> CertificateText.canonical(text))
        .isInstanceOf(CertificateText.Unreadable.class)
        .hasMessageStartingWith(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void aCertificateMayHaveLineBreaksAndOtherColumnsMayNot(String lineBreak) throws Exception {
    RowCells cells =
        new RowCells(
            Map.of(
                ExportColumn.CERTIFICATE,
                PEM.replace("\n", lineBreak),
                ExportColumn.SERIAL,
                "SN" + lineBreak + "1"),
            new OwnSettings(folder).table(""));
    assertThat(new EcuValues(OwnSettings.MODULES).certificate(cells)).isEqualTo(BASE64);
    assertThat(cells.rejections()).isEmpty();
    assertThat(cells.required(ExportColumn.SERIAL)).isNull();
    assertThat(cells.rejections()).extracting(Finding::rule).containsExactly("CONTROL_CHARACTER");
  }

  @Test
  void aCertificateThatIsOfNoUseIsRejectedOrLeftOut() throws Exception {
    RowCells cells = certificate(P384, "");
    assertThat(new EcuValues(OwnSettings.MODULES).certificate(cells)).isNull();
    assertThat(cells.rejections())
        .containsExactly(
            new Finding(
                "CERTIFICATE_KEY",
                "certificate",
                P384.substring(0, 200) + "…",
                "a certificate with a key on P-256, of RSA with 2,048 to 4,096 bits, or Ed25519"
                    + " (here: a key on secp384r1)"));
    RowCells softened = certificate(P384, "CERTIFICATE_KEY: {severity: WARN}");
    assertThat(new EcuValues(OwnSettings.MODULES).certificate(softened)).isNull();
    assertThat(softened.rejections()).isEmpty();
    assertThat(softened.warnings()).extracting(Finding::rule).containsExactly("CERTIFICATE_KEY");
  }

  /** No key can be sealed for it; it signs what its ECU reports. */
  @Test
  void aCertificateOfAKeyThatSignsIsKept() throws Exception {
    RowCells cells = certificate(ED25519, "");
    assertThat(new EcuValues(OwnSettings.MODULES).certificate(cells)).isEqualTo(ED25519);
    assertThat(cells.rejections()).isEmpty();
  }

  private RowCells certificate(String text, String rules) throws IOException {
    return new RowCells(
        Map.of(ExportColumn.CERTIFICATE, text), new OwnSettings(folder).table(rules));
  }
}
