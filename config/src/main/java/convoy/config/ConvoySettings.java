package convoy.config;

import static convoy.config.Checks.between;
import static convoy.config.Checks.check;
import static convoy.config.Checks.notNegative;
import static convoy.config.Checks.wholeSeconds;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one installation. Every key and its default stands in the resource {@code
 * convoy/convoy.yaml}; the user's file is laid over it key by key.
 *
 * @param operator who acts where a command does not say; empty for nobody
 * @param modules by module code
 */
public record ConvoySettings(
    String operator,
    Trust trust,
    Keys keys,
    Schedule schedule,
    Store store,
    JobRepository jobRepository,
    @YamlKey("import") Import imports,
    Images images,
    ImageRepository imageRepository,
    Manifests manifests,
    PublishSettings publish,
    Status status,
    Audit audit,
    Eligibility eligibility,
    Campaign campaign,
    Map<String, Module> modules) {

  public ConvoySettings {
    Checks.moduleNames(modules);
    Checks.impossible(audit.impossible(), modules.keySet());
  }

  /** The same with the job repository in a file under the home. */
  public ConvoySettings withJobsUnderHome() {
    return new ConvoySettings(
        operator,
        trust,
        keys,
        schedule,
        store,
        new JobRepository("", jobRepository.user(), ""),
        imports,
        images,
        imageRepository,
        manifests,
        publish,
        status,
        audit,
        eligibility,
        campaign,
        modules);
  }

  /**
   * Whom the installation trusts.
   *
   * @param rootSha256 what the first version of the trust root must hash to; empty for any
   */
  public record Trust(@YamlKey("root-sha256") String rootSha256) {
    public Trust {
      check(
          rootSha256.isEmpty() || rootSha256.matches("[0-9a-f]{64}"),
          "root-sha256",
          rootSha256,
          "64 lower-case hex digits, or nothing");
    }
  }

  /**
   * The keys of the Director and of the image repository.
   *
   * @param passwordFile holds the password of those that lie in the home, relative to the home
   * @param warnBefore how long before its end each key and each root is warned of
   * @param module where keys may lie that sign unattended
   */
  public record Keys(
      String passwordFile, Duration warnBefore, @YamlKey("pkcs11") KeyModule module) {
    public Keys {
      check(
          !passwordFile.isBlank(),
          "password-file",
          passwordFile,
          "a file such as keys/online.password");
      notNegative("warn-before", warnBefore);
    }
  }

  /**
   * A token of a hardware module.
   *
   * @param library its PKCS#11 library, an absolute path; empty for none
   * @param slot the number of the slot with the token
   * @param pinFile holds the token's PIN, relative to the home
   */
  public record KeyModule(String library, long slot, String pinFile) {
    public KeyModule {
      // SunPKCS11 takes no relative path, and puts in a value for ${…}.
      check(
          library.isEmpty()
              || (Path.of(library).isAbsolute() && !library.matches(".*[$\"\\p{Cntrl}].*")),
          "library",
          library,
          "an absolute path such as /usr/lib/softhsm/libsofthsm2.so, or nothing");
      between("slot", slot, 0, Integer.MAX_VALUE);
      check(!pinFile.isBlank(), "pin-file", pinFile, "a file such as keys/pkcs11.pin");
    }
  }

  /**
   * When the scheduler starts runs.
   *
   * @param nightly the Quartz cron expression of the nightly run
   * @param issue that of runs between the nights that only issue; empty: none
   */
  public record Schedule(String nightly, String issue, ZoneId zone) {
    public Schedule {
      check(!nightly.isBlank(), "nightly", nightly, "a cron expression such as 0 30 1 * * ?");
    }
  }

  /**
   * The fleet store.
   *
   * @param memoryLimit what DuckDB may hold in memory
   * @param threads DuckDB's threads, 1 to 1024
   * @param waitFor how long a command waits for a store that another process holds
   */
  public record Store(DataSize memoryLimit, int threads, @YamlKey("wait") Duration waitFor) {
    public Store {
      between("threads", threads, 1, 1024);
      notNegative("wait", waitFor);
    }
  }

  /**
   * Where jobs keep what they have done.
   *
   * @param url a JDBC URL; empty for an H2 file under the home
   * @param passwordFile a file that holds the password alone, relative to the home; empty for none
   */
  public record JobRepository(String url, String user, String passwordFile) {
    public JobRepository {
      check(
          url.isEmpty() || url.startsWith("jdbc:"),
          "url",
          url,
          "a JDBC URL such as jdbc:postgresql://host/convoy, or nothing");
      check(!url.isEmpty() || user.isEmpty(), "user", user, "none without a url");
    }
  }

  /**
   * How manufacturing exports are taken in.
   *
   * @param settle a file that changed within this time is left for the next run
   * @param chunkRows rows a transaction
   * @param maxInflated what a gzip may become at most
   * @param checkDigitRegions how VINs begin that carry a check digit
   * @param maxErrorShare a file with a larger share of rows in quarantine is refused
   * @param errorShareFrom the share is looked at in files of this many rows or more
   * @param rules by id
   */
  public record Import(
      Duration settle,
      int chunkRows,
      DataSize maxInflated,
      List<String> checkDigitRegions,
      Percentage maxErrorShare,
      int errorShareFrom,
      Map<String, ImportRule> rules) {
    public Import {
      notNegative("settle", settle);
      between("chunk-rows", chunkRows, 1, 1_000_000);
      Checks.vinPrefixes("check-digit-regions", checkDigitRegions);
      between("error-share-from", errorShareFrom, 1, Integer.MAX_VALUE);
    }
  }

  /**
   * How the image store is looked after.
   *
   * @param verifyEvery an image that was found whole within this time is not opened again by the
   *     nightly run
   */
  public record Images(Duration verifyEvery) {
    public Images {
      notNegative("verify-every", verifyEvery);
    }
  }

  /**
   * How long what the image repository signs holds.
   *
   * @param targetsValidFor its targets, which people may sign; in whole seconds
   * @param timestampValidFor its snapshot and timestamp, which the nightly run signs anew in time;
   *     in whole seconds
   */
  public record ImageRepository(Duration targetsValidFor, Duration timestampValidFor) {
    public ImageRepository {
      wholeSeconds("targets-valid-for", targetsValidFor);
      wholeSeconds("timestamp-valid-for", timestampValidFor);
    }
  }

  /**
   * How manifests are issued.
   *
   * @param chunkVehicles vehicles a shard
   * @param validFor from issue to expiry, in whole seconds
   * @param imageBaseUri the URI under which vehicles download images, ending in a slash
   */
  public record Manifests(int chunkVehicles, Duration validFor, String imageBaseUri) {
    public Manifests {
      between("chunk-vehicles", chunkVehicles, 1, 1_000_000);
      wholeSeconds("valid-for", validFor);
      check(
          Checks.isUri(imageBaseUri) && imageBaseUri.endsWith("/"),
          "image-base-uri",
          imageBaseUri,
          "a URI that ends in a slash, such as images/");
    }
  }

  /**
   * How status logs are reconciled.
   *
   * @param chunkRows rows a transaction
   * @param errorCodes what follows on each error code that vehicles report
   * @param unknownError what follows on any other code
   * @param requireSignature whether a file is taken in only with the signature of a gateway
   * @param signatureWait how long a file waits for its signature, and a signature for its file
   */
  public record Status(
      int chunkRows,
      Map<String, ErrorAction> errorCodes,
      ErrorAction unknownError,
      boolean requireSignature,
      Duration signatureWait) {
    public Status {
      between("chunk-rows", chunkRows, 1, 1_000_000);
      notNegative("signature-wait", signatureWait);
    }

    /** What follows when a vehicle reports this error code. */
    public ErrorAction actionFor(String errorCode) {
      return errorCodes.getOrDefault(errorCode, unknownError);
    }
  }

  /**
   * How the accuracy of the inventory is checked.
   *
   * @param silentAfter a vehicle of which nothing newer is known is not heard of
   * @param releaseVehicles a version that exports name for so many vehicles is a release
   * @param examples how many findings of each check the report shows
   * @param impossible what no vehicle has
   */
  public record Audit(
      Duration silentAfter, int releaseVehicles, int examples, List<Impossible> impossible) {
    public Audit {
      check(
          silentAfter.compareTo(Duration.ZERO) > 0, "silent-after", silentAfter, "more than PT0S");
      between("release-vehicles", releaseVehicles, 1, 1_000_000);
      between("examples", examples, 1, 1_000);
    }
  }

  /**
   * How it is decided which vehicles an update fits.
   *
   * @param staleAfter a vehicle of which nothing was heard for so long is not decided on
   * @param zones by region, all of its time zones
   * @param otherZone the time zone of other regions
   */
  public record Eligibility(
      Duration staleAfter, Map<String, List<ZoneId>> zones, ZoneId otherZone) {
    public Eligibility {
      check(staleAfter.compareTo(Duration.ZERO) > 0, "stale-after", staleAfter, "more than PT0S");
      for (Map.Entry<String, List<ZoneId>> region : zones.entrySet()) {
        check(!region.getValue().isEmpty(), region.getKey(), "[]", "one or more time zones");
      }
    }
  }

  /**
   * What campaigns have to be confirmed.
   *
   * @param maxShare one that may reach a larger share of the fleet
   * @param maxShareFrom the share is looked at in fleets of this many vehicles or more
   */
  public record Campaign(Percentage maxShare, int maxShareFrom) {
    public Campaign {
      between("max-share-from", maxShareFrom, 1, Integer.MAX_VALUE);
    }
  }

  /** A module that vehicles of that powertrain do not have. */
  public record Impossible(PowertrainName powertrain, String module) {}

  /**
   * One kind of ECU.
   *
   * @param releases its releases, the oldest first; null for another scheme than LISTED
   * @param also other names that exports use for the module
   */
  public record Module(ModuleScheme scheme, @Nullable List<String> releases, List<String> also) {
    public Module {
      Checks.releases(scheme, releases);
    }

    /** Its releases, the oldest first; empty for another scheme than LISTED. */
    public List<String> releasesInOrder() {
      return releases == null ? List.of() : releases;
    }
  }

  /**
   * The defaults with the user's file laid over them, if it is there. A user's file without any key
   * changes nothing.
   *
   * @throws YamlException when the user's file is refused
   */
  public static ConvoySettings load(Path userFile) {
    return read(userFile).value();
  }

  /**
   * The same as {@link #load}, with the places of all keys for checks that come after reading.
   *
   * @throws YamlException when the user's file is refused
   */
  public static Located<ConvoySettings> read(Path userFile) {
    YamlNode settings = DefaultSettings.node();
    if (Files.exists(userFile)) {
      settings =
          YamlParser.parse(StrictYaml.nameOf(userFile), StrictYaml.text(userFile))
              .map(user -> YamlNode.overlay(DefaultSettings.node(), user))
              .orElse(settings);
    }
    return StrictYaml.bind(settings, ConvoySettings.class);
  }

  /** The settings of an installation whose user changed nothing. */
  public static ConvoySettings defaults() {
    return StrictYaml.bind(DefaultSettings.node(), ConvoySettings.class).value();
  }

  /** The commented file of all keys with their defaults, to be written out for a user to edit. */
  public static String defaultText() {
    return DefaultSettings.text();
  }
}
