package convoy.jobs.independent;

import static convoy.jobs.TestHome.BRAKES;
import static convoy.jobs.TestHome.MEDIA;
import static convoy.jobs.independent.IssuedHome.FIRST;
import static convoy.jobs.independent.IssuedHome.SECOND;

import convoy.data.io.AtomicFiles;
import convoy.data.manifest.DirectorKeys;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestPart;
import convoy.data.manifest.ManifestRequest;
import convoy.data.manifest.ManifestSigner;
import convoy.data.manifest.ManifestTarget;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.trust.SigningKey;
import convoy.jobs.TestHome;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** The visits of vehicles to what was issued to them, and to what was made of it. */
final class IssuedVisits {
  private static final Instant LATER = SECOND.plus(Duration.ofDays(1));

  private final Path folder;
  private final IssuedHome home;
  private final List<Visits> visits = new ArrayList<>();

  /** Two vehicles with the infotainment's update, and one of which the brakes' was withdrawn. */
  final VerifiedManifest media;

  final VerifiedManifest other;
  final VerifiedManifest brakes;

  /**
   * @param folder where the files of attacks go
   */
  IssuedVisits(IssuedHome home, Path folder) {
    this.home = home;
    this.folder = folder;
    List<VerifiedManifest> ofMedia = of(MEDIA);
    media = ofMedia.get(0);
    other = ofMedia.get(1);
    brakes = of(BRAKES).get(0);
  }

  List<Visits> all() throws IOException {
    sound();
    carrying();
    tampered();
    tamperedOnP256();
    expired();
    replayed();
    swapped();
    wronglySigned();
    images();
    return visits;
  }

  private List<VerifiedManifest> of(String campaign) {
    return home.manifests.stream().filter(m -> m.campaign().equals(campaign)).toList();
  }

  private Visits visits(String name, VerifiedManifest of) {
    Path site = home.first;
    Visits visits =
        new Visits(
            name,
            of.vin(),
            site.resolve("director/1.root.json"),
            site.resolve("image/1.root.json"));
    this.visits.add(visits);
    return visits;
  }

  private Visits at(Visits visits, VerifiedManifest of, Instant now, Path... layers) {
    return visits.at(now, List.of(layers), home.ecus(of.vin()), home.keys);
  }

  private void attack(String name, VerifiedManifest of, Path site, Instant now, Attack attack)
      throws IOException {
    Path layer = folder.resolve("attacks").resolve(name);
    attack.forge(new Forger(site, layer));
    at(visits(name, of), of, now, layer, site);
  }

  private void first(String name, Attack attack) throws IOException {
    attack(name, media, home.first, FIRST, attack);
  }

  private void second(String name, VerifiedManifest of, Attack attack) throws IOException {
    attack(name, of, home.second, SECOND, attack);
  }

  private interface Attack {
    void forge(Forger forger) throws IOException;
  }

  private void sound() {
    for (VerifiedManifest manifest : home.manifests) {
      at(visits(manifest.vin(), manifest), manifest, FIRST, home.first);
    }
    Visits twice = visits("two versions, and the next root", brakes);
    at(twice, brakes, FIRST, home.first);
    at(twice, brakes, SECOND, home.second);
    at(twice, brakes, LATER, home.second);
  }

  /**
   * Of what a vehicle was given the last image is another campaign's, which the next one carries.
   */
  private void carrying() throws IOException {
    int last = media.targets().size() - 1;
    ManifestPart carried =
        new ManifestPart(
            "other",
            2,
            3,
            "other-3",
            media.preconditions(),
            media.owner(),
            media.targets().subList(last, last + 1));
    ManifestSigner signer =
        new ManifestSigner(
            new DirectorKeys(
                home.key(KeyRole.DIRECTOR_TARGETS),
                home.key(KeyRole.DIRECTOR_SNAPSHOT),
                home.key(KeyRole.DIRECTOR_TIMESTAMP)));
    ManifestBundle bundle =
        signer.sign(
            new ManifestRequest(
                media.vin(),
                2,
                media.campaign(),
                media.wave(),
                media.attempt(),
                media.correlationId(),
                media.issuedAt(),
                media.expiresAt(),
                media.preconditions(),
                media.owner(),
                media.targets().subList(0, last),
                List.of(carried)));
    Path layer = folder.resolve("carrying");
    for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
      AtomicFiles.write(
          layer.resolve("director/" + media.vin()).resolve(file.getKey()), file.getValue());
    }
    at(visits("a manifest that carries", media), media, SECOND, layer, home.second);
  }

  private void tampered() throws IOException {
    String own = "director/" + media.vin() + "/";
    for (String file : List.of(own + "timestamp.json", "image/timestamp.json")) {
      first(
          "tampered " + file.replace(media.vin() + "/", ""),
          forger -> forger.edit(file, text -> text.replace("2026-12-", "2027-12-")));
    }
    for (String file :
        List.of(
            own + "1.snapshot.json",
            own + "1.targets.json",
            "image/1.snapshot.json",
            "image/1.targets.json")) {
      first(
          "tampered " + file.replace(media.vin() + "/", ""),
          forger -> forger.edit(file, text -> text.replace("\"version\":1", "\"version\":2")));
    }
    for (String file : List.of("director/2.root.json", "director/3.root.json")) {
      second(
          "tampered " + file,
          media,
          forger -> forger.edit(file, text -> text.replace("\"threshold\":1", "\"threshold\":2")));
    }
  }

  /** Of what keys on P-256 have signed: the Director's targets and the list's timestamp. */
  private void tamperedOnP256() throws IOException {
    second(
        "tampered image/timestamp.json on P-256",
        brakes,
        forger ->
            forger.edit(
                "image/timestamp.json", text -> text.replace("\"version\":2", "\"version\":9")));
    targetsOnP256("tampered", text -> text.replace("\"attempt\":1", "\"attempt\":2"));
    targetsOnP256("signature of 64 bytes", text -> signature(text, IssuedVisits::numbers));
    targetsOnP256(
        "signature in upper case", text -> signature(text, sig -> sig.toUpperCase(Locale.ROOT)));
    targetsOnP256("signature with a byte behind it", text -> signature(text, sig -> sig + "00"));
  }

  /** Changes the targets file and has those that list it follow. */
  private void targetsOnP256(String name, UnaryOperator<String> change) throws IOException {
    String own = "director/" + brakes.vin() + "/";
    second(
        name + " on P-256",
        brakes,
        forger ->
            forger
                .edit(own + "2.targets.json", change)
                .list(
                    own + "2.snapshot.json",
                    2,
                    home.key(KeyRole.DIRECTOR_SNAPSHOT),
                    own + "2.targets.json",
                    2)
                .list(
                    own + "timestamp.json",
                    2,
                    home.key(KeyRole.DIRECTOR_TIMESTAMP),
                    own + "2.snapshot.json",
                    2));
  }

  private static String signature(String text, UnaryOperator<String> change) {
    return Pattern.compile("(?<=\"sig\":\")[0-9a-f]+")
        .matcher(text)
        .replaceFirst(sig -> change.apply(sig.group()));
  }

  /**
   * Both numbers of a signature in DER, each with 32 bytes: another form of the same (IEEE 1363).
   */
  private static String numbers(String der) {
    StringBuilder both = new StringBuilder();
    for (int at = 4; at < der.length(); ) {
      int end = at + 4 + 2 * Integer.parseInt(der.substring(at + 2, at + 4), 16);
      BigInteger number = new BigInteger(der.substring(at + 4, end), 16);
      both.append("%064x".formatted(number));
      at = end;
    }
    return both.toString();
  }

  private void expired() {
    at(visits("expired manifest", media), media, FIRST.plus(Duration.ofDays(30)), home.first);
    Instant late = SECOND.plus(Duration.ofDays(29));
    // A gateway that still has the former list of images.
    Visits stale = visits("expired list of images", brakes);
    at(stale, brakes, late, withImagesOf(home.first), home.second);
    at(visits("expired root", media), media, Instant.parse("2040-01-01T00:00:00Z"), home.first);
  }

  /** A layer with only the image repository of a site. */
  private Path withImagesOf(Path site) {
    Path layer = folder.resolve("images of " + site.getFileName());
    if (Files.notExists(layer)) {
      TestHome.copy(site.resolve("image"), layer.resolve("image"));
    }
    return layer;
  }

  private void replayed() throws IOException {
    Visits former = visits("replayed timestamp", brakes);
    at(former, brakes, SECOND, home.second);
    at(former, brakes, LATER, home.first);
    Visits images = visits("replayed list of images", brakes);
    at(images, brakes, SECOND, home.second);
    at(images, brakes, LATER, withImagesOf(home.first), home.second);

    String own = "director/" + brakes.vin() + "/";
    SigningKey timestamp = home.key(KeyRole.DIRECTOR_TIMESTAMP);
    SigningKey snapshot = home.key(KeyRole.DIRECTOR_SNAPSHOT);
    Path layer = folder.resolve("replayed snapshot");
    new Forger(home.second, layer)
        .list(own + "timestamp.json", 3, timestamp, own + "1.snapshot.json", 1);
    Visits signed = visits("replayed snapshot behind a new timestamp", brakes);
    at(signed, brakes, SECOND, home.second);
    at(signed, brakes, LATER, layer, home.second);

    layer = folder.resolve("replayed targets");
    new Forger(home.second, layer)
        .listAs(
            own + "2.snapshot.json",
            own + "3.snapshot.json",
            3,
            snapshot,
            own + "1.targets.json",
            1)
        .list(own + "timestamp.json", 3, timestamp, own + "3.snapshot.json", 3);
    Visits targets = visits("replayed targets behind a new snapshot", brakes);
    at(targets, brakes, SECOND, home.second);
    at(targets, brakes, LATER, layer, home.second);
    second(
        "replayed targets under the new name",
        brakes,
        f -> f.put(own + "2.targets.json", home.second.resolve(own + "1.targets.json")));
    second(
        "replayed root",
        brakes,
        f -> f.put("director/2.root.json", home.second.resolve("director/1.root.json")));
  }

  private void swapped() throws IOException {
    String own = "director/" + media.vin() + "/";
    Path others = home.first.resolve("director/" + other.vin());
    Path layer = folder.resolve("swapped");
    Forger forger = new Forger(home.first, layer);
    for (String file : List.of("timestamp.json", "1.snapshot.json", "1.targets.json")) {
      forger.put(own + file, others.resolve(file));
    }
    // The vehicle refuses the other's files, and then takes its own.
    Visits swapped = visits("swapped manifest", media);
    at(swapped, media, FIRST, layer, home.first);
    at(swapped, media, FIRST, home.first);
    first("swapped targets", f -> f.put(own + "1.targets.json", others.resolve("1.targets.json")));
    // As above, but with a version that is higher than its own: tuf-js alone would keep that.
    Path brakesFiles = home.second.resolve("director/" + brakes.vin());
    Path higher = folder.resolve("swapped higher");
    Forger raised = new Forger(home.second, higher);
    for (String file : List.of("timestamp.json", "2.snapshot.json", "2.targets.json")) {
      raised.put(own + file, brakesFiles.resolve(file));
    }
    Visits poisoned = visits("swapped manifest of a higher version", media);
    at(poisoned, media, SECOND, higher, home.second);
    at(poisoned, media, SECOND, home.second);
  }

  private void wronglySigned() throws IOException {
    String own = "director/" + media.vin() + "/";
    SigningKey stranger = SigningKey.generate();
    SigningKey timestamp = home.key(KeyRole.DIRECTOR_TIMESTAMP);
    SigningKey snapshot = home.key(KeyRole.DIRECTOR_SNAPSHOT);
    first(
        "timestamp signed by a stranger",
        f -> f.sign(own + "timestamp.json", stranger, signed -> {}));
    first(
        "snapshot signed by the timestamp's key",
        f ->
            f.sign(own + "1.snapshot.json", timestamp, signed -> {})
                .list(own + "timestamp.json", 1, timestamp, own + "1.snapshot.json", 1));
    first(
        "targets signed by the snapshot's key",
        f ->
            f.sign(own + "1.targets.json", snapshot, signed -> {})
                .list(own + "1.snapshot.json", 1, snapshot, own + "1.targets.json", 1)
                .list(own + "timestamp.json", 1, timestamp, own + "1.snapshot.json", 1));
    first(
        "list of images signed by the Director",
        f -> f.sign("image/timestamp.json", timestamp, signed -> {}));
    second(
        "root signed by a stranger",
        media,
        f -> f.sign("director/2.root.json", stranger, signed -> {}));
  }

  private void images() throws IOException {
    ManifestTarget target = media.targets().get(0);
    String uri = target.image().encrypted().uri();
    String file = "images/" + uri.substring(uri.lastIndexOf('/') + 1);
    first("damaged image", f -> f.damage(file));
    first("another image", f -> f.put(file, home.first.resolve("image/1.root.json")));

    Map<String, String> wrong = new TreeMap<>(home.keys);
    wrong.replaceAll((hash, key) -> "00".repeat(32));
    visits("another key of the image", media)
        .at(FIRST, List.of(home.first), home.ecus(media.vin()), wrong);
    // Both repositories say so: only the opened image tells.
    second(
        "image that opens to another one",
        media,
        f -> {
          chain(
              f,
              "director/" + media.vin(),
              1,
              target,
              KeyRole.DIRECTOR_TARGETS,
              KeyRole.DIRECTOR_SNAPSHOT,
              KeyRole.DIRECTOR_TIMESTAMP);
          chain(
              f,
              "image",
              2,
              target,
              KeyRole.IMAGE_TARGETS,
              KeyRole.IMAGE_SNAPSHOT,
              KeyRole.IMAGE_TIMESTAMP);
        });
  }

  /** Has a repository say another hash of the clear image, with all that lists it. */
  private void chain(
      Forger forger,
      String at,
      int version,
      ManifestTarget target,
      KeyRole targets,
      KeyRole snapshot,
      KeyRole timestamp)
      throws IOException {
    String first = at + "/1.targets.json";
    String second = at + "/" + version + ".snapshot.json";
    String third = at + "/timestamp.json";
    forger
        .sign(
            first,
            home.key(targets),
            signed ->
                ((ObjectNode) signed.get("targets").get(target.image().fileName()).get("hashes"))
                    .put("sha256", "0".repeat(64)))
        .list(second, version, home.key(snapshot), first, 1)
        .list(third, version, home.key(timestamp), second, version);
  }
}
