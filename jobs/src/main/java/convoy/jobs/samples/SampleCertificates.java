package convoy.jobs.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.io.Digests;
import convoy.data.trust.P256;
import convoy.data.vehicle.EcuFacts;
import convoy.jobs.simulate.EcuKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.operator.ContentSigner;

/**
 * Keys on P-256 and certificates of sample ECUs: those of Wolfsburg's newer vehicles that take
 * images of the sample updates. Each follows from the seed and the ECU's serial number, so that the
 * same exports have the same certificates. Whoever knows the seed has the private keys.
 */
final class SampleCertificates {
  private static final Set<SampleModule> MODULES =
      Set.of(SampleModule.GATEWAY, SampleModule.ABS, SampleModule.INFOTAINMENT);
  private static final X500Name CA = new X500Name("CN=Convoy sample CA");
  private static final int VALID_YEARS = 15;

  private final SampleSpec spec;
  private final ECPrivateKeyParameters caKey;

  SampleCertificates(SampleSpec spec) {
    this.spec = spec;
    this.caKey = key("CA");
  }

  /** The vehicle's ECUs as its plant exports them, some with a certificate. */
  Stream<EcuFacts> ecus(SampleVehicle vehicle) {
    return vehicle.ecus().stream()
        .map(ecu -> hasCertificate(vehicle, ecu) ? certified(vehicle, ecu) : ecu);
  }

  private boolean hasCertificate(SampleVehicle vehicle, EcuFacts ecu) {
    return vehicle.plant() == Plant.WOLFSBURG
        && vehicle.number() >= vehicle.plant().vehicles(spec.vehicles()) / 2
        && MODULES.contains(SampleModule.valueOf(ecu.module()));
  }

  private EcuFacts certified(SampleVehicle vehicle, EcuFacts ecu) {
    byte[] der = certificate(ecu.serial(), vehicle.facts().manufacturedOn());
    return new EcuFacts(
        ecu.vin(),
        ecu.module(),
        ecu.serial(),
        ecu.hardwarePart(),
        ecu.hardwareVersion(),
        ecu.softwareVersion(),
        ecu.softwareKey(),
        ecu.calibration(),
        ecu.protocol(),
        ecu.rxswin(),
        Base64.getEncoder().encodeToString(der));
  }

  private byte[] certificate(String serial, LocalDate built) {
    try {
      return new X509v3CertificateBuilder(
              CA,
              new BigInteger(1, derive("number of " + serial)).shiftRight(512 - 64).setBit(64),
              date(built),
              date(built.plusYears(VALID_YEARS)),
              Locale.ROOT,
              new X500Name("CN=" + serial),
              new SubjectPublicKeyInfo(P256.ALGORITHM, P256.point(key(serial))))
          .build(new Signer(caKey))
          .getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the simulator has of an ECU with a certificate.
   *
   * @param ecu one that {@link #ecus} has made
   * @return {@link EcuKeys} says what stands in it
   */
  byte[] keyFile(EcuFacts ecu) {
    if (ecu.certificate() == null) {
      throw new IllegalArgumentException(ecu.serial() + " has no certificate");
    }
    try {
      return EcuKeys.content(
          Base64.getDecoder().decode(ecu.certificate()),
          P256.pkcs8(key(ecu.serial())).getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ECPrivateKeyParameters key(String owner) {
    return P256.privateKey(derive("key of " + owner));
  }

  private byte[] derive(String what) {
    return Digests.of("SHA-512")
        .digest("convoy sample %d, %s".formatted(spec.seed(), what).getBytes(UTF_8));
  }

  private static Date date(LocalDate day) {
    return Date.from(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** Signs as RFC 6979 does, the same each time. */
  private static final class Signer implements ContentSigner {
    private final ECPrivateKeyParameters key;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    Signer(ECPrivateKeyParameters key) {
      this.key = key;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      return P256.sign(key, content.toByteArray());
    }
  }
}
