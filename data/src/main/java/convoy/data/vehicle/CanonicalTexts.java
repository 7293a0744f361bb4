package convoy.data.vehicle;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one way in which a value is compared, whichever of its names an export writes. */
final class CanonicalTexts {
  private final Memo<String> modules;
  private final Memo<String> protocols = new Memo<>(text -> name(Protocol.find(text)));
  private final Memo<String> powertrains = new Memo<>(text -> name(Powertrain.find(text)));

  CanonicalTexts(ModuleCatalog catalog) {
    this.modules = new Memo<>(text -> catalog.find(text).map(m -> m.code()).orElse(null));
  }

  /** Codes for what has codes, capitals for VIN and region, else the text; null without a code. */
  @Nullable String of(ExportColumn column, String text) {
    return switch (column) {
      case MODULE -> modules.get(text);
      case PROTOCOL -> protocols.get(text);
      case POWERTRAIN -> powertrains.get(text);
      case VIN, REGION -> AsciiText.upper(text);
      default -> text;
    };
  }

  private static @Nullable String name(Optional<? extends Enum<?>> constant) {
    return constant.isPresent() ? constant.get().name() : null;
  }
}
