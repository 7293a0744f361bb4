package convoy.data.vehicle;

import convoy.data.image.RecipientCertificate;
import convoy.data.version.VersionFormatException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules for an ECU's values: each turns a cell into its value, or rejects it and gives null.
 */
final class EcuValues {

  private final String codes;
  private final Memo<KnownModule> modules;
  private final Memo<Protocol> protocols = new Memo<>(text -> Protocol.find(text).orElse(null));

  /** A version as it was written, and its order-preserving key. */
  record Software(String version, String key) {}

  /** A module with the versions of it that were read before. */
  record KnownModule(ModuleCatalog.Module module, Memo<Software> versions) {
    static KnownModule of(ModuleCatalog.Module module) {
      return new KnownModule(module, new Memo<>(text -> version(module, text)));
    }

    String code() {
      return module.code();
    }

    private static @Nullable Software version(ModuleCatalog.Module module, String text) {
      try {
        return new Software(text, module.scheme().key(text));
      } catch (VersionFormatException e) {
        return null;
      }
    }
  }

  EcuValues(ModuleCatalog catalog) {
    this.codes = String.join(", ", catalog.codes());
    this.modules = new Memo<>(text -> catalog.find(text).map(KnownModule::of).orElse(null));
  }

  @Nullable KnownModule module(RowCells cells) {
    String text = cells.required(ExportColumn.MODULE);
    if (text == null) {
      return null;
    }
    KnownModule module = modules.get(text);
    if (module == null) {
      cells.report(RowRule.MODULE_UNKNOWN, ExportColumn.MODULE, text, Map.of("modules", codes));
    }
    return module;
  }

  @Nullable Protocol protocol(RowCells cells) {
    String text = cells.required(ExportColumn.PROTOCOL);
    if (text == null) {
      return null;
    }
    Protocol protocol = protocols.get(text);
    if (protocol == null) {
      cells.report(RowRule.PROTOCOL, ExportColumn.PROTOCOL, text, Map.of());
    }
    return protocol;
  }

  /** The version under its module's scheme; of an unknown module nothing can be said. */
  @Nullable Software software(RowCells cells, @Nullable KnownModule module) {
    String text = cells.required(ExportColumn.SOFTWARE_VERSION);
    if (text == null || module == null) {
      return null;
    }
    Software software = module.versions().get(text);
    if (software == null) {
      Map<String, String> scheme = Map.of("version", module.module().scheme().expected(text));
      cells.report(RowRule.SOFTWARE_VERSION, ExportColumn.SOFTWARE_VERSION, text, scheme);
    }
    return software;
  }

  /** UN Regulation No. 156 leaves its form to the maker; only what no form has is found. */
  @Nullable String rxswin(RowCells cells) {
    String text = cells.optional(ExportColumn.RXSWIN);
    if (text != null && !Rxswin.isWellFormed(text)) {
      cells.report(RowRule.RXSWIN, ExportColumn.RXSWIN, text, Map.of());
    }
    return text;
  }

  /**
   * A certificate for which an image's key can be sealed, or of a key that signs version reports;
   * any other is not kept.
   */
  @Nullable String certificate(RowCells cells) {
    String text = cells.optional(ExportColumn.CERTIFICATE);
    if (text == null) {
      return null;
    }
    String certificate;
    try {
      certificate = CertificateText.canonical(text);
    } catch (CertificateText.Unreadable e) {
      cells.report(RowRule.CERTIFICATE, ExportColumn.CERTIFICATE, text, fault(e));
      return null;
    }
    try {
      RecipientCertificate.of(Base64.getDecoder().decode(certificate));
    } catch (RecipientCertificate.Unusable e) {
      if (!e.signs()) {
        cells.report(RowRule.CERTIFICATE_KEY, ExportColumn.CERTIFICATE, text, fault(e));
        return null;
      }
    }
    return certificate;
  }

  private static Map<String, String> fault(Exception e) {
    return Map.of("fault", String.valueOf(e.getMessage()));
  }
}
