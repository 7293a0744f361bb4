package convoy.bench;

import convoy.data.image.ImageKey;
import convoy.data.image.KeySealer;
import convoy.data.image.RecipientCertificate;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "keypackages",
    description = {
      "Seals the key of an image for certificates as issuing does it: reads the certificate, seals, writes Base64.",
      "Processor time of one thread; the best of the rounds."
    })
final class KeyPackageBench implements Callable<Integer> {
  private static final int ROUNDS = 5;

  /** Different ones, so that nothing of a certificate is at hand from the package before. */
  private static final int CERTIFICATES = 20;

  @Option(names = "--packages", defaultValue = "2000", description = "Packages a round.")
  private int packages;

  @Override
  public Integer call() throws Exception {
    System.out.printf(
        "%-14s %12s %18s %26s%n",
        "certificate", "us a package", "packages/s a core", "characters in the manifest");
    report("P-256", certificates("EC", 256, "SHA256withECDSA"));
    report("RSA, 2048 bits", certificates("RSA", 2048, "SHA256withRSA"));
    return 0;
  }

  private void report(String kind, List<byte[]> certificates) throws RecipientCertificate.Unusable {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    KeySealer sealer = new KeySealer(ImageKey.generate());
    long best = Long.MAX_VALUE;
    int characters = 0;
    // The first rounds are slower, until the compiler has seen enough.
    for (int round = 0; round < ROUNDS; round++) {
      long start = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < packages; i++) {
        byte[] sealed =
            sealer.seal(RecipientCertificate.of(certificates.get(i % certificates.size())));
        characters = Base64.getEncoder().encodeToString(sealed).length();
      }
      best = Math.min(best, threads.getCurrentThreadCpuTime() - start);
    }
    double seconds = best / 1e9 / packages;
    System.out.printf(
        "%-14s %,12.0f %,18.0f %,26d%n", kind, seconds * 1e6, 1 / seconds, characters);
  }

  private static List<byte[]> certificates(String algorithm, int bits, String signature)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    KeyPairGenerator pairs = KeyPairGenerator.getInstance(algorithm);
    pairs.initialize(bits);
    Instant now = Instant.now();
    List<byte[]> certificates = new ArrayList<>();
    for (int i = 1; i <= CERTIFICATES; i++) {
      KeyPair pair = pairs.generateKeyPair();
      X500Name name = new X500Name("CN=ECU " + i);
      certificates.add(
          new JcaX509v3CertificateBuilder(
                  name,
                  BigInteger.valueOf(i),
                  Date.from(now),
                  Date.from(now.plusSeconds(86_400)),
                  name,
                  pair.getPublic())
              .build(new JcaContentSignerBuilder(signature).build(pair.getPrivate()))
              .getEncoded());
    }
    return certificates;
  }
}
