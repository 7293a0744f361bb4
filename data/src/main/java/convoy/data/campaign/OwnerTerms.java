package convoy.data.campaign;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Fields;
import convoy.data.trust.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a vehicle is asked and told. It is part of what people sign of a campaign, and
 * of each manifest, under the same names.
 *
 * @param notification null: nothing but what the vehicle itself says
 */
public record OwnerTerms(OwnerConsent consent, @Nullable Notification notification) {
  /** Where a campaign says nothing. */
  public static final OwnerTerms DEFAULT = new OwnerTerms(OwnerConsent.DEFAULT, null);

  /**
   * The terms in a campaign's canonical JSON.
   *
   * @throws ConvoyException NOT_TRUSTED when they are not as a registered definition has them
   */
  public static OwnerTerms of(String definition) {
    return read(StrictJson.parse(definition.getBytes(StandardCharsets.UTF_8), "definition"));
  }

  /**
   * Reads what {@link #content} wrote.
   *
   * @param fields those of the object that has them
   * @throws ConvoyException NOT_TRUSTED when a mode is unknown, or something is not as it must be
   */
  public static OwnerTerms read(Fields fields) {
    try {
      return new OwnerTerms(
          fields.values().containsKey("consent")
              ? OwnerConsent.read(fields.object("consent"))
              : OwnerConsent.DEFAULT,
          fields.values().containsKey("notification")
              ? Notification.read(fields.object("notification"))
              : null);
    } catch (IllegalArgumentException e) {
      throw new ConvoyException(ErrorCode.NOT_TRUSTED, fields.where() + ": " + e.getMessage(), e);
    }
  }

  /** As signed documents say them; a notification only where there is one. */
  public Map<String, Object> content() {
    Map<String, Object> content = new TreeMap<>();
    content.put("consent", consent.content());
    if (notification != null) {
      content.put("notification", notification.content());
    }
    return content;
  }
}
