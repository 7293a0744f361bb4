package convoy.data.manifest;

import static convoy.data.manifest.Forgery.SIGNER;
import static convoy.data.manifest.Forgery.VERIFIER;
import static convoy.data.manifest.Forgery.refused;
import static convoy.data.manifest.ManifestFixtures.NOW;
import static convoy.data.manifest.ManifestFixtures.VIN;
import static convoy.data.manifest.ManifestFixtures.certified;
import static convoy.data.manifest.ManifestFixtures.images;
import static convoy.data.manifest.ManifestFixtures.request;
import static convoy.data.manifest.ManifestFixtures.target;
import static convoy.data.trust.IndependentVerifier.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.campaign.OwnerConsent;
import convoy.data.campaign.OwnerTerms;
import convoy.data.trust.IndependentVerifier;
import convoy.data.update.Preconditions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manifests that carry what other campaigns ask of the vehicle. */
class CarriedPartsTest {
  private static final ManifestPart TCU = part("tcu-2026", target("TCU", "TCU-0002", 1));

  private static ManifestPart part(String campaign, ManifestTarget... targets) {
    return new ManifestPart(
        campaign,
        3,
        2,
        campaign + "/" + VIN + "/2",
        new Preconditions(true, null, null),
        new OwnerTerms(new OwnerConsent(OwnerConsent.Mode.FORCED, null), null),
        List.of(targets));
  }

  private static ManifestRequest carrying(List<ManifestTarget> own, ManifestPart... carried) {
    ManifestRequest r = request();
    return new ManifestRequest(
        r.vin(),
        r.version(),
        r.campaign(),
        r.wave(),
        r.attempt(),
        r.correlationId(),
        r.issuedAt(),
        r.expiresAt(),
        r.preconditions(),
        r.owner(),
        own,
        List.of(carried));
  }

  private static VerifiedManifest verified(ManifestRequest request) {
    return VERIFIER.verify(VIN, SIGNER.sign(request), NOW, null);
  }

  @Test
  void aVehicleReadsEachCampaignsPart() {
    ManifestRequest request = carrying(List.of(certified()), TCU);

    VerifiedManifest manifest = verified(request);

    assertThat(manifest.targets()).isEqualTo(request.targets());
    assertThat(manifest.carried()).containsExactly(TCU);
    assertThat(manifest.parts())
        .extracting(ManifestPart::campaign)
        .containsExactly("bms-2026", "tcu-2026");
    assertThat(manifest.taken().counters()).containsOnlyKeys("BMS-0001", "TCU-0002");
    // One that takes its own campaign back and carries another's.
    VerifiedManifest withdrawing = verified(carrying(List.of(), TCU));
    assertThat(withdrawing.targets()).isEmpty();
    assertThat(withdrawing.parts()).containsExactly(TCU);
  }

  @Test
  void theFileSaysWhichImageBelongsToWhichCampaign() {
    Map<String, Object> signed =
        object(
            IndependentVerifier.parse(SIGNER.sign(carrying(List.of(certified()), TCU)).targets()),
            "signed");

    assertThat(object(signed, "custom").get("carried"))
        .isEqualTo(
            List.of(
                Map.of(
                    "campaign",
                    "tcu-2026",
                    "wave",
                    3,
                    "attempt",
                    2,
                    "correlationId",
                    "tcu-2026/" + VIN + "/2",
                    "preconditions",
                    Map.of("parked", true),
                    "consent",
                    Map.of("mode", "FORCED"))));
    Map<String, Object> targets = object(signed, "targets");
    assertThat(object(object(targets, "TCU.7.tcu-2.1.0.bin"), "custom"))
        .containsEntry("campaign", "tcu-2026");
    assertThat(object(object(targets, "BMS.7.bms-2.1.0.bin"), "custom"))
        .doesNotContainKey("campaign");
  }

  /** What holds for a vehicle's own images holds for those that are carried. */
  @Test
  void whatIsCarriedIsCheckedLikeTheRest() {
    VerifiedManifest manifest = verified(carrying(List.of(certified()), TCU));
    KnownEcu bms = new KnownEcu("BMS-HW3", 0);
    refused(
        () -> manifest.requireFits(manifest.all(), Map.of("BMS-0001", bms)),
        VIN + " version 7: ECU 'TCU-0002': not an ECU of this vehicle, expected one of its own");
    refused(
        () ->
            manifest.requireFits(
                manifest.all(), Map.of("BMS-0001", bms, "TCU-0002", new KnownEcu("TCU-HW3", 8))),
        VIN
            + " version 7: ECU 'TCU-0002': release counter 7, expected 8 or more, which it has taken"
            + " before");
    assertThatThrownBy(() -> manifest.requireMatch(new ImageTargets(1, NOW, images(certified()))))
        .hasMessageContaining("TCU.7.tcu-2.1.0.bin");
  }

  @Test
  void aManifestThatVehiclesWouldRefuseIsNotSigned() {
    ManifestTarget bms = target("BMS", "BMS-0001", 1);
    assertThatThrownBy(() -> carrying(List.of(bms), part("other", target("TCU", "BMS-0001", 1))))
        .hasMessage(
            "manifest for " + VIN + ": ECU listed twice: 'BMS-0001', expected each ECU once");
    assertThatThrownBy(() -> carrying(List.of(bms), part("other", target("BMS", "BMS-0009", 1))))
        .hasMessage(
            "manifest for "
                + VIN
                + ": image of two campaigns: 'BMS.7.bms-2.1.0.bin', expected each for one campaign");
    assertThatThrownBy(() -> carrying(List.of(bms), part("bms-2026", target("TCU", "TCU-1", 1))))
        .hasMessage(
            "manifest for "
                + VIN
                + ": campaign carried: 'bms-2026', expected each once, and not its own");
    assertThatThrownBy(() -> carrying(List.of(bms), part("other")))
        .hasMessage("manifest for " + VIN + ": images carried: 'other', expected one or more");
    assertThatThrownBy(() -> carrying(List.of(bms), part("", target("TCU", "TCU-1", 1))))
        .hasMessage("manifest for " + VIN + ": campaign: '', expected text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tcu-2026 | stranger | signed.custom.carried[0].campaign: found 'tcu-2026', expected another \
          campaign, once, with one or more images
          bms-2026 | bms-2026 | signed.custom.carried[0].campaign: found 'bms-2026', expected another \
          campaign, once, with one or more images
          tcu-2026 | '' | signed.targets.TCU.7.tcu-2.1.0.bin.custom.campaign: found '', expected text
          """)
  void anImageForACampaignThatTheManifestDoesNotCarry(
      String carried, String ofImage, String message) {
    Forgery forgery = new Forgery();
    object(forgery.targets, "custom")
        .put(
            "carried",
            List.of(
                Map.of(
                    "campaign",
                    carried,
                    "wave",
                    1,
                    "attempt",
                    1,
                    "correlationId",
                    "c",
                    "preconditions",
                    Map.of())));
    object(object(object(forgery.targets, "targets"), "TCU.7.tcu-2.1.0.bin"), "custom")
        .put("campaign", ofImage);
    refused(forgery.files(), VIN + "/7.targets.json: " + message);
  }

  @Test
  void anImageForACampaignWithoutAnyListOfThem() {
    Forgery forgery = new Forgery();
    object(object(object(forgery.targets, "targets"), "TCU.7.tcu-2.1.0.bin"), "custom")
        .put("campaign", "stranger");
    refused(
        forgery.files(),
        VIN
            + "/7.targets.json: signed.targets: images for campaign stranger, expected those of its"
            + " own and of campaigns in custom.carried");
  }

  @Test
  void whatItClaimsIsReadPartByPart() {
    ManifestClaims claims = ManifestClaims.read(SIGNER.sign(carrying(List.of(certified()), TCU)));
    assertThat(claims.parts())
        .containsExactly(
            new ManifestClaims.Part(
                "bms-2026",
                1,
                1,
                List.of(new ManifestClaims.Target("BMS", "BMS-0001", "BMS-HW3", "2.1.0"))),
            new ManifestClaims.Part(
                "tcu-2026",
                3,
                2,
                List.of(new ManifestClaims.Target("TCU", "TCU-0002", "TCU-HW3", "2.1.0"))));
  }
}
