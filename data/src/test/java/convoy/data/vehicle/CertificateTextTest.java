package convoy.data.vehicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  // Made by: openssl req -x509 -newkey ed25519 -subj "/CN=GATEWAY SN-0042" -days 36500
  private static final String BODY =
      """
      MIIBSjCB/aADAgECAhRP3hsMUIMevjUph1alFwmsqKYaKTAFBgMrZXAwGjEYMBYG
      A1UEAwwPR0FURVdBWSBTTi0wMDQyMCAXDTI2MTEyNTAxMDkwNVoYDzIxMjYxMTAx
      MDEwOTA1WjAaMRgwFgYDVQQDDA9HQVRFV0FZIFNOLTAwNDIwKjAFBgMrZXADIQCc
      /G4WXmFfG+DixS996TdJBEukkc8TmV1Ex8snIbAryqNTMFEwHQYDVR0OBBYEFM6P
      7iNY+8X0xdRulOOjrup1uXhcMB8GA1UdIwQYMBaAFM6P7iNY+8X0xdRulOOjrup1
      uXhcMA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EAzHvHHdbPfnrPrGvfUDySFAMH
      VvokfyS0ydO4hQd0KxKqI0TjmTYeFCNwv/2rHHX0LsmnEkRjY8l/hvV40hiGCg==
      """;
  private static final String BASE64 = BODY.replace("\n", "");
  private static final String PEM =
      "-----BEGIN CERTIFICATE-----\n" + BODY + "-----END CERTIFICATE-----";

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
}
