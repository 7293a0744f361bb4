package convoy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.config.ConvoySettings.Audit;
import convoy.config.ConvoySettings.Campaign;
import convoy.config.ConvoySettings.ImageRepository;
import convoy.config.ConvoySettings.Impossible;
import convoy.config.ConvoySettings.JobRepository;
import convoy.config.ConvoySettings.KeyModule;
import convoy.config.ConvoySettings.Keys;
import convoy.config.ConvoySettings.Manifests;
import convoy.config.ConvoySettings.Module;
import convoy.config.ConvoySettings.Schedule;
import convoy.config.ConvoySettings.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvoySettingsTest {
  @TempDir Path folder;

  private ConvoySettings load(String yaml) throws IOException {
    Path file = folder.resolve("convoy.yaml");
    Files.writeString(file, yaml);
    return ConvoySettings.load(file);
  }

  @Test
  void withoutAUserFileTheDefaultsHold() {
    ConvoySettings settings = ConvoySettings.load(folder.resolve("convoy.yaml"));
    assertThat(settings).isEqualTo(ConvoySettings.defaults());
    assertThat(settings.schedule())
        .isEqualTo(new Schedule("0 30 1 * * ?", "", ZoneId.of("Europe/Berlin")));
    assertThat(settings.store())
        .isEqualTo(new Store(new DataSize(4_000_000_000L), 2, Duration.ofMinutes(10)));
    assertThat(settings.jobRepository()).isEqualTo(new JobRepository("", "", ""));
    assertThat(settings.imports().settle()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.imports().chunkRows()).isEqualTo(20_000);
    assertThat(settings.imports().checkDigitRegions())
        .containsExactly("1", "2", "3", "4", "5", "L");
    assertThat(settings.imports().maxErrorShare()).isEqualTo(new Percentage(2000));
    assertThat(settings.imports().errorShareFrom()).isEqualTo(20);
    assertThat(settings.imports().maxInflated()).isEqualTo(DataSize.parse("20GB"));
    assertThat(settings.images().verifyEvery()).isEqualTo(Duration.ofDays(1));
    assertThat(settings.keys())
        .isEqualTo(
            new Keys(
                "keys/online.password",
                Duration.ofDays(45),
                new KeyModule("", 0, "keys/pkcs11.pin")));
    assertThat(settings.imageRepository())
        .isEqualTo(new ImageRepository(Duration.ofDays(365), Duration.ofDays(30)));
    assertThat(settings.manifests())
        .isEqualTo(new Manifests(20_000, Duration.ofDays(30), "images/"));
    assertThat(settings.publish())
        .isEqualTo(
            new PublishSettings(
                PublishTarget.NOWHERE,
                false,
                "",
                new PublishSettings.S3(
                    "",
                    "",
                    "eu-central-1",
                    "",
                    false,
                    "",
                    ObjectChecksum.SHA256,
                    new DataSize(64L << 20),
                    5,
                    Duration.ofMinutes(1))));
    assertThat(settings.status().chunkRows()).isEqualTo(10_000);
    assertThat(settings.status().actionFor("POWER_LOSS")).isEqualTo(ErrorAction.RETRY);
    assertThat(settings.status().actionFor("WRONG_HARDWARE")).isEqualTo(ErrorAction.PERMANENT);
    assertThat(settings.status().actionFor("AIRBAG_FAULT")).isEqualTo(ErrorAction.WORKSHOP);
    assertThat(settings.status().actionFor("NEVER_HEARD_OF")).isEqualTo(ErrorAction.RETRY);
    assertThat(settings.status().requireSignature()).isFalse();
    assertThat(settings.status().signatureWait()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.audit().silentAfter()).isEqualTo(Duration.ofDays(180));
    assertThat(settings.audit().releaseVehicles()).isEqualTo(3);
    assertThat(settings.audit().examples()).isEqualTo(20);
    assertThat(settings.audit().impossible())
        .hasSize(12)
        .contains(new Impossible(PowertrainName.ELECTRIC, "ENGINE"));
    assertThat(settings.campaign()).isEqualTo(new Campaign(new Percentage(5000), 10_000));
    assertThat(settings.eligibility().zones().get("DE"))
        .containsExactly(ZoneId.of("Europe/Berlin"));
    assertThat(settings.modules())
        .hasSize(17)
        .containsKeys("GATEWAY", "ABS", "PARKING")
        .doesNotContainKey("TCU");
    assertThat(settings.modules().values().stream().flatMap(m -> m.also().stream()))
        .contains("CGW", "IVI", "ECM")
        .doesNotContain("TCU");
  }

  @Test
  void theUsersFileIsLaidOverTheDefaultsKeyByKey() throws IOException {
    ConvoySettings settings =
        load(
            """
            schedule: {nightly: "0 0 3 * * ?", zone: UTC}
            store: {memory-limit: 2GiB, threads: 8, wait: PT1M}
            job-repository: {url: "jdbc:postgresql://db/convoy", user: c, password-file: keys/db}
            import: {settle: PT0S, chunk-rows: 500, max-inflated: 5GB, check-digit-regions: ["3", WVW], max-error-share: 0.50%, error-share-from: 1000}
            keys: {password-file: /etc/convoy/password, warn-before: P5D, pkcs11: {library: /lib/hsm.so, slot: 7, pin-file: pin}}
            image-repository: {targets-valid-for: P90D, timestamp-valid-for: P2D}
            manifests: {chunk-vehicles: 10, valid-for: P1D, image-base-uri: "https://cdn.example/i/"}
            publish:
              to: S3
              nightly: true
              folder: /mnt/share
              s3: {bucket: b-1, prefix: a/b=1/, region: us-east-1, endpoint: "https://store:9000", path-style: true,
                   credentials-file: keys/s3, checksum: MD5, part-size: 5MiB, attempts: 1, timeout: PT5S}
            status: {chunk-rows: 7, error-codes: {POWER_LOSS: PERMANENT, E42: WORKSHOP}, unknown-error: WORKSHOP, require-signature: true, signature-wait: PT2H}
            audit: {silent-after: P30D, release-vehicles: 1, examples: 5, impossible: [{powertrain: GAS, module: WIPER}]}
            campaign: {max-share: 12.5%, max-share-from: 1}
            modules:
              ABS: {also: [ABS9]}
              WIPER: {scheme: DOTTED, also: []}
            """);
    assertThat(settings.schedule()).isEqualTo(new Schedule("0 0 3 * * ?", "", ZoneId.of("UTC")));
    assertThat(settings.store())
        .isEqualTo(new Store(new DataSize(2L << 30), 8, Duration.ofMinutes(1)));
    assertThat(settings.jobRepository())
        .isEqualTo(new JobRepository("jdbc:postgresql://db/convoy", "c", "keys/db"));
    assertThat(settings.imports().settle()).isEqualTo(Duration.ZERO);
    assertThat(settings.imports().chunkRows()).isEqualTo(500);
    assertThat(settings.imports().checkDigitRegions()).containsExactly("3", "WVW");
    assertThat(settings.imports().maxErrorShare()).isEqualTo(new Percentage(50));
    assertThat(settings.imports().errorShareFrom()).isEqualTo(1000);
    assertThat(settings.imports().maxInflated()).isEqualTo(DataSize.parse("5GB"));
    assertThat(settings.keys())
        .isEqualTo(
            new Keys(
                "/etc/convoy/password",
                Duration.ofDays(5),
                new KeyModule("/lib/hsm.so", 7, "pin")));
    assertThat(settings.imageRepository())
        .isEqualTo(new ImageRepository(Duration.ofDays(90), Duration.ofDays(2)));
    assertThat(settings.manifests())
        .isEqualTo(new Manifests(10, Duration.ofDays(1), "https://cdn.example/i/"));
    assertThat(settings.publish())
        .isEqualTo(
            new PublishSettings(
                PublishTarget.S3,
                true,
                "/mnt/share",
                new PublishSettings.S3(
                    "b-1",
                    "a/b=1/",
                    "us-east-1",
                    "https://store:9000",
                    true,
                    "keys/s3",
                    ObjectChecksum.MD5,
                    new DataSize(5L << 20),
                    1,
                    Duration.ofSeconds(5))));
    assertThat(settings.status().chunkRows()).isEqualTo(7);
    assertThat(settings.status().actionFor("POWER_LOSS")).isEqualTo(ErrorAction.PERMANENT);
    assertThat(settings.status().actionFor("E42")).isEqualTo(ErrorAction.WORKSHOP);
    assertThat(settings.status().actionFor("LOW_BATTERY")).isEqualTo(ErrorAction.RETRY);
    assertThat(settings.status().actionFor("NEVER_HEARD_OF")).isEqualTo(ErrorAction.WORKSHOP);
    assertThat(settings.status().requireSignature()).isTrue();
    assertThat(settings.status().signatureWait()).isEqualTo(Duration.ofHours(2));
    assertThat(settings.audit())
        .isEqualTo(
            new Audit(
                Duration.ofDays(30), 1, 5, List.of(new Impossible(PowertrainName.GAS, "WIPER"))));
    assertThat(settings.campaign()).isEqualTo(new Campaign(new Percentage(1250), 1));
    assertThat(settings.modules())
        .hasSize(18)
        .containsEntry("ABS", new Module(ModuleScheme.SEMVER, null, List.of("ABS9")))
        .containsEntry("WIPER", new Module(ModuleScheme.DOTTED, null, List.of()));
  }

  @Test
  void aListOfReleasesKeepsItsOrderAndItsTexts() throws IOException {
    ConvoySettings settings =
        load("modules: {ABS: {scheme: LISTED, releases: [MU0712, 0512, SP-1.2/b]}}");
    assertThat(settings.modules())
        .hasEntrySatisfying(
            "ABS",
            abs -> {
              assertThat(abs.scheme()).isEqualTo(ModuleScheme.LISTED);
              assertThat(abs.releasesInOrder()).containsExactly("MU0712", "0512", "SP-1.2/b");
            });
  }

  @Test
  void oneKeyLeavesItsNeighboursAtTheirDefaults() throws IOException {
    ConvoySettings settings = load("store: {threads: 4}");
    assertThat(settings.store())
        .isEqualTo(new Store(new DataSize(4_000_000_000L), 4, Duration.ofMinutes(10)));
  }

  @Test
  void aFileWithCommentsOnlyAndTheWholeDefaultFileChangeNothing() throws IOException {
    assertThat(load("# store: {threads: 4}\n")).isEqualTo(ConvoySettings.defaults());
    assertThat(load(ConvoySettings.defaultText())).isEqualTo(ConvoySettings.defaults());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "schedule: {nightly: ' '} | 1 column 21: nightly ' ': expected a cron expression such as 0 30 1 * * ?",
        "schedule: {zone: Mars} | 1 column 18: zone 'Mars': expected a time zone such as Europe/Berlin",
        "eligibility: {zones: {DE: [Europe/Berlyn]}} | 1 column 28: DE 'Europe/Berlyn': expected a time zone such as Europe/Berlin",
        "eligibility: {other-zone: Nowhere} | 1 column 27: other-zone 'Nowhere': expected a time zone such as Europe/Berlin",
        "campaign: {max-share: 120%} | 1 column 23: max-share '120%': expected a share from 0% to 100% such as 12.5%",
        "campaign: {max-share-from: 0} | 1 column 28: max-share-from '0': expected 1 to 2147483647",
        "store: {memory-limit: lots} | 1 column 23: memory-limit 'lots': expected a size such as 4GB or 512MiB",
        "store: {memory-limit: 0GB} | 1 column 23: memory-limit '0GB': expected a size such as 4GB or 512MiB",
        "store: {threads: 0} | 1 column 18: threads '0': expected 1 to 1024",
        "store: {wait: PT-1S} | 1 column 15: wait 'PT-1S': expected PT0S or more",
        "store: {wait: 10m} | 1 column 15: wait '10m': expected a duration such as PT10M or P7D",
        "job-repository: {url: postgres} | 1 column 23: url 'postgres': expected a JDBC URL such as jdbc:postgresql://host/convoy, or nothing",
        "job-repository: {user: me} | 1 column 24: user 'me': expected none without a url",
        "import: {settle: PT-1S} | 1 column 18: settle 'PT-1S': expected PT0S or more",
        "import: {chunk-rows: 0} | 1 column 22: chunk-rows '0': expected 1 to 1000000",
        "import: {check-digit-regions: [OO]} | 1 column 31: check-digit-regions 'OO': expected how VINs begin: one to three capitals or digits, without I, O and Q",
        "import: {max-error-share: 0.2} | 1 column 27: max-error-share '0.2': expected a share from 0% to 100% such as 12.5%",
        "import: {max-error-share: 101%} | 1 column 27: max-error-share '101%': expected a share from 0% to 100% such as 12.5%",
        "import: {error-share-from: 0} | 1 column 28: error-share-from '0': expected 1 to 2147483647",
        "import: {rules: {DATE: {severity: MAYBE}}} | 1 column 35: severity 'MAYBE': expected one of ERROR, WARN, OFF",
        "import: {rules: {MINE: {matches: x}}} | 1 column 24: key 'severity' is missing: expected one of ERROR, WARN, OFF",
        "import: {rules: {MINE: {severity: WARN, matches: '(a'}}} | 1 column 50: matches '(a': expected a regular expression (Unclosed group)",
        "import: {rules: {MINE: {severity: WARN, one-of: []}}} | 1 column 49: one-of '[]': expected one value or more",
        "import: {rules: {MINE: {severity: WARN, not-empty: false}}} | 1 column 52: not-empty 'false': expected true, or no such key",
        "import: {rules: {MINE: {severity: WARN, min-length: 0}}} | 1 column 53: min-length '0': expected 1 or more",
        "import: {rules: {MINE: {severity: WARN, min-length: 5, max-length: 4}}} | 1 column 68: max-length '4': expected 5 or more",
        "import: {rules: {MINE: {severity: WARN, when: {module: []}}}} | 1 column 47: when 'module': expected one value or more",
        "import: {rules: {DATE: {message: ' '}}} | 1 column 34: message ' ': expected what a value should be",
        "manifests: {chunk-vehicles: 0} | 1 column 29: chunk-vehicles '0': expected 1 to 1000000",
        "manifests: {valid-for: PT0S} | 1 column 24: valid-for 'PT0S': expected whole seconds, more than none",
        "manifests: {valid-for: PT1.5S} | 1 column 24: valid-for 'PT1.5S': expected whole seconds, more than none",
        "keys: {password-file: ' '} | 1 column 23: password-file ' ': expected a file such as keys/online.password",
        "keys: {warn-before: -P1D} | 1 column 21: warn-before 'PT-24H': expected PT0S or more",
        "keys: {pkcs11: {library: hsm.so}} | 1 column 26: library 'hsm.so': expected an absolute path such as /usr/lib/softhsm/libsofthsm2.so, or nothing",
        "keys: {pkcs11: {library: '/a${b}'}} | 1 column 26: library '/a${b}': expected an absolute path such as /usr/lib/softhsm/libsofthsm2.so, or nothing",
        "keys: {pkcs11: {slot: -1}} | 1 column 23: slot '-1': expected 0 to 2147483647",
        "keys: {pkcs11: {pin-file: ''}} | 1 column 27: pin-file '': expected a file such as keys/pkcs11.pin",
        "image-repository: {targets-valid-for: PT0S} | 1 column 39: targets-valid-for 'PT0S': expected whole seconds, more than none",
        "image-repository: {timestamp-valid-for: PT0.5S} | 1 column 41: timestamp-valid-for 'PT0.5S': expected whole seconds, more than none",
        "images: {verify-every: -PT1S} | 1 column 24: verify-every 'PT-1S': expected PT0S or more",
        "manifests: {image-base-uri: images} | 1 column 29: image-base-uri 'images': expected a URI that ends in a slash, such as images/",
        "manifests: {image-base-uri: 'a b/'} | 1 column 29: image-base-uri 'a b/': expected a URI that ends in a slash, such as images/",
        "publish: {to: SHARE} | 1 column 15: to 'SHARE': expected one of NOWHERE, FOLDER, S3",
        "publish: {nightly: true} | 1 column 20: nightly 'true': expected false while publish.to is NOWHERE",
        "publish: {to: FOLDER, folder: ' '} | 1 column 31: folder ' ': expected a folder such as /mnt/share/convoy, as publish.to is FOLDER",
        "publish: {to: S3, s3: {bucket: ''}} | 1 column 32: s3.bucket '': expected the name of a bucket, as publish.to is S3",
        "publish: {s3: {bucket: a/b}} | 1 column 24: bucket 'a/b': expected 3 to 63 letters, digits, '.', '_' and '-'",
        "publish: {s3: {prefix: /a/}} | 1 column 24: prefix '/a/': expected nothing, or a path of letters, digits, '=', '.', '_' and '-' that ends in a slash, such as fleet/",
        "publish: {s3: {region: EU}} | 1 column 24: region 'EU': expected a region such as eu-central-1",
        "publish: {s3: {endpoint: 'store:9000'}} | 1 column 26: endpoint 'store:9000': expected a URI such as https://store.example:9000, or nothing",
        "publish: {s3: {endpoint: 'https://key:word@store'}} | 1 column 26: endpoint 'https://key:word@store': expected a URI such as https://store.example:9000, or nothing",
        "publish: {s3: {checksum: CRC32}} | 1 column 26: checksum 'CRC32': expected one of SHA256, MD5",
        "publish: {s3: {part-size: 4MiB}} | 1 column 27: part-size '4194304B': expected 5MiB to 5GiB",
        "publish: {s3: {attempts: 0}} | 1 column 26: attempts '0': expected 1 to 20",
        "publish: {s3: {timeout: PT0S}} | 1 column 25: timeout 'PT0S': expected more than PT0S",
        "publish: {s3: {key: x}} | 1 column 16: unknown key 'key': expected one of bucket, prefix, region, endpoint, path-style, credentials-file, checksum, part-size, attempts, timeout",
        "status: {chunk-rows: 1000001} | 1 column 22: chunk-rows '1000001': expected 1 to 1000000",
        "status: {error-codes: {E1: RETRYY}} | 1 column 28: E1 'RETRYY': expected one of RETRY, PERMANENT, WORKSHOP",
        "status: {signature-wait: -PT1S} | 1 column 26: signature-wait 'PT-1S': expected PT0S or more",
        "status: {unknown-error: no} | 1 column 25: unknown-error 'no': expected one of RETRY, PERMANENT, WORKSHOP",
        "audit: {silent-after: PT0S} | 1 column 23: silent-after 'PT0S': expected more than PT0S",
        "audit: {release-vehicles: 0} | 1 column 27: release-vehicles '0': expected 1 to 1000000",
        "audit: {examples: 1001} | 1 column 19: examples '1001': expected 1 to 1000",
        "audit: {impossible: [{powertrain: STEAM, module: ABS}]} | 1 column 35: powertrain 'STEAM': expected one of PETROL, DIESEL, HYBRID, PLUG_IN_HYBRID, ELECTRIC, FUEL_CELL, GAS",
        "audit: {impossible: [{powertrain: GAS, module: ABS}, {powertrain: GAS, module: ABS}]} | 1 column 8: audit 'GAS ABS': expected once under impossible",
        "audit: {impossible: [{powertrain: GAS, module: ABZ}]} | 1 column 8: audit 'ABZ': expected under impossible a code of modules: ABS, AIRBAG, BATTERY, BCM, CAMERA, CHARGER, CLIMATE, CLUSTER, ENGINE, GATEWAY, INFOTAINMENT, INVERTER, PARKING, RADAR, STEERING, TELEMATICS, TRANSMISSION",
        "modules: {ABS: {scheme: NAMED}} | 1 column 25: scheme 'NAMED': expected one of SEMVER, DOTTED, LISTED",
        "modules: {ABS: {scheme: LISTED}} | 1 column 25: scheme 'LISTED': expected the key 'releases' beside it, with all releases in order",
        "modules: {ABS: {releases: [A1]}} | 1 column 27: releases '[A1]': expected none with the scheme SEMVER",
        "modules: {ABS: {releases: []}} | 1 column 27: releases '[]': expected none with the scheme SEMVER",
        "modules: {ABS: {scheme: LISTED, releases: []}} | 1 column 43: releases '[]': expected one or more, the oldest first",
        "modules: {ABS: {scheme: LISTED, releases: A1}} | 1 column 43: releases 'A1': expected a list",
        "modules: {ABS: {scheme: LISTED, releases: [A1, B1, A1]}} | 1 column 43: releases 'A1': expected each release once",
        "modules: {ABS: {scheme: LISTED, releases: [MU 0612]}} | 1 column 43: releases 'MU 0612': expected 1 to 64 letters, digits, '.', '_', '/', '+' and '-', beginning with a letter or digit, and not x alone",
        "modules: {ABS: {scheme: LISTED, releases: [A1, '>B1']}} | 1 column 43: releases '>B1': expected 1 to 64 letters, digits, '.', '_', '/', '+' and '-', beginning with a letter or digit, and not x alone",
        "modules: {ABS: {scheme: LISTED, releases: [x]}} | 1 column 43: releases 'x': expected 1 to 64 letters, digits, '.', '_', '/', '+' and '-', beginning with a letter or digit, and not x alone",
        "modules: {abs: {scheme: SEMVER, also: []}} | 1 column 10: modules 'abs': expected a code of capitals, digits and '_' such as GATEWAY",
        "modules: {WIPER: {scheme: SEMVER}} | 1 column 18: key 'also' is missing: expected a list",
        "modules: {WIPER: {scheme: SEMVER, also: [c g-w]}} | 1 column 10: modules 'c g-w': stands for both GATEWAY and WIPER: expected one of them",
        "modules: {WIPER: {scheme: SEMVER, also: [' ']}} | 1 column 10: modules ' ': expected a name of letters or digits for WIPER",
        "modules: | 1 column 9: modules has no value: expected a mapping",
        "strore: {threads: 1} | 1 column 1: unknown key 'strore', did you mean 'store'?",
        "store: {thread: 1} | 1 column 9: unknown key 'thread', did you mean 'threads'?",
      })
  void aWrongValueIsRefusedWithItsPlaceInTheUsersFile(String yaml, String message) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(YamlException.class)
        .hasMessage("convoy.yaml line " + message);
  }

  @Test
  void whateverIsWrittenIsEitherTakenOrRefusedWithThePlaceInTheFile() throws IOException {
    Random random = new Random(5);
    String signs = "\n\t :-[]{}#&*!|>'\"%@`,?~0aZ\u00e4\u0001\ud800";
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder(ConvoySettings.defaultText());
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        text.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
      }
      try {
        StrictYaml.read("convoy.yaml", text.toString(), ConvoySettings.class);
      } catch (YamlException e) {
        assertThat(e).hasMessageMatching("(?s)convoy\\.yaml line \\d+ column \\d+: .+");
        refused++;
      }
    }
    assertThat(refused).isBetween(50, 490);
  }
}
