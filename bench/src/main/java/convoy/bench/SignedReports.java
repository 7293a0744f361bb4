package convoy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.trust.CanonicalJson;
import convoy.data.trust.CertificateKey;
import convoy.data.trust.Hashes;
import convoy.data.trust.IsoSeconds;
import convoy.data.trust.SigningKey;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Version reports of vehicles whose two ECUs have a key and a certificate of their own (Ed25519)
 * and run what their manifest names. An issuer's signature is not looked at, so the certificates
 * have none that holds.
 */
record SignedReports(Path file, List<Check> checks) {
  /** One signature to check. */
  record Check(CertificateKey key, String message, String signature) {
    boolean holds() {
      return key.verifies(message.getBytes(UTF_8), signature);
    }
  }

  /** An ECU that signs. */
  private record Ecu(String serial, String certificate, SigningKey key, CertificateKey checks) {}

  /** The DER of a certificate up to its key's 32 bytes. */
  private static final byte[] BEFORE_KEY =
      HexFormat.of()
          .parseHex(
              "3081c7307ba003020102020101300506032b6570300e310c300a06035504030c03454355301e170d32"
                  + "35303130313030303030305a170d3335303130313030303030305a300e310c300a06035504030c03"
                  + "454355302a300506032b6570032100");

  static SignedReports make(Path home, int vehicles, Path work) throws IOException, SQLException {
    List<String> vins = IssuedFleet.vins(home, vehicles);
    Path certificates = work.resolve("certificates.csv");
    Path file = work.resolve("reports.vvr.jsonl");
    Instant now = Instant.now().minusSeconds(60);
    List<Check> checks = new ArrayList<>();
    try (BufferedWriter out = Files.newBufferedWriter(file);
        BufferedWriter known = Files.newBufferedWriter(certificates)) {
      for (int from = 0; from < vehicles; from += 5_000) {
        List<Line> lines =
            IntStream.range(from, Math.min(vehicles, from + 5_000))
                .parallel()
                .mapToObj(i -> line(vins.get(i), i, now))
                .toList();
        for (Line line : lines) {
          out.write(line.text() + "\n");
          checks.addAll(line.checks());
          for (int m = 0; m < line.ecus().size(); m++) {
            Ecu ecu = line.ecus().get(m);
            known.write(
                "%s,%s,%s,%s%n"
                    .formatted(
                        line.vin(), IssuedFleet.MODULES.get(m), ecu.serial(), ecu.certificate()));
          }
        }
      }
    }
    IssuedFleet.run(
        home,
        """
        update ecu e set serial = c.serial, certificate = c.certificate
        from read_csv('%s', header = false, all_varchar = true, names = ['vin', 'module', 'serial', 'certificate']) c
        where c.vin = e.vin and c.module = e.module
        """
            .formatted(certificates.toAbsolutePath()),
        "checkpoint");
    return new SignedReports(file, checks);
  }

  int signatures() {
    return checks.size();
  }

  /** The seconds of checking all of them on all cores, the keys being at hand. */
  double bare() {
    long start = System.nanoTime();
    long good = checks.parallelStream().filter(Check::holds).count();
    if (good != checks.size()) {
      throw new IllegalStateException("%,d of %,d signatures hold".formatted(good, checks.size()));
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private record Line(String vin, String text, List<Ecu> ecus, List<Check> checks) {}

  private static Line line(String vin, int number, Instant now) {
    List<Ecu> ecus = new ArrayList<>();
    List<Object> reports = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    for (int m = 0; m < IssuedFleet.MODULES.size(); m++) {
      String module = IssuedFleet.MODULES.get(m);
      Ecu ecu = ecu(module, 2 * number + m);
      ecus.add(ecu);
      reports.add(
          signed(
              ecu,
              Map.of(
                  "_type",
                  "ecu-version-report",
                  "ecu_serial",
                  ecu.serial(),
                  "time",
                  IsoSeconds.format(now),
                  "counter",
                  1L,
                  "installed_image",
                  Map.of(
                      "name",
                      module + ".bin",
                      "length",
                      (long) module.length(),
                      "hashes",
                      Map.of("sha256", Hashes.sha256(module.getBytes(UTF_8)))),
                  "attacks_detected",
                  ""),
              checks));
    }
    Map<String, Object> vehicle =
        signed(
            ecus.get(0),
            Map.of(
                "_type",
                "vehicle-version-report",
                "vin",
                vin,
                "primary_ecu_serial",
                ecus.get(0).serial(),
                "ecu_version_reports",
                reports),
            checks);
    return new Line(vin, new String(CanonicalJson.encode(vehicle), UTF_8), ecus, checks);
  }

  private static Map<String, Object> signed(
      Ecu ecu, Map<String, Object> content, List<Check> checks) {
    byte[] bytes = CanonicalJson.encode(content);
    String signature = ecu.key().sign(bytes);
    checks.add(new Check(ecu.checks(), new String(bytes, UTF_8), signature));
    return Map.of(
        "signatures",
        List.of(Map.of("keyid", ecu.checks().keyid(), "sig", signature)),
        "signed",
        content);
  }

  private static Ecu ecu(String module, int number) {
    byte[] seed = ByteBuffer.allocate(32).putInt(28, number).array();
    SigningKey key = SigningKey.ofSeed(seed);
    byte[] publicKey = HexFormat.of().parseHex(key.publicKey().hex());
    // The algorithm, and a signature of zeros.
    byte[] rest = HexFormat.of().parseHex("300506032b6570034100");
    byte[] der =
        ByteBuffer.allocate(BEFORE_KEY.length + publicKey.length + rest.length + 64)
            .put(BEFORE_KEY)
            .put(publicKey)
            .put(rest)
            .array();
    String certificate = Base64.getEncoder().encodeToString(der);
    return new Ecu(
        "BENCH-%s-%d".formatted(module, number), certificate, key, CertificateKey.of(certificate));
  }
}
