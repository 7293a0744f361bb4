package convoy.data.campaign;

import static convoy.data.update.DefinitionChecks.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * When vehicles go back by themselves to the versions that they had before the campaign.
 *
 * @param onlyCodes only after failures with these error codes; empty: with any
 * @param exceptCodes not after failures with these; empty: no exceptions. Never both.
 */
public record RollbackRule(When when, List<String> onlyCodes, List<String> exceptCodes) {
  /** Where a campaign says nothing. */
  public static final RollbackRule NEVER = new RollbackRule(When.NEVER, List.of(), List.of());

  /** What it takes. */
  public enum When {
    /** Nothing does: only a person has vehicles rolled back. */
    NEVER,
    /** The update failed, no attempt follows, and something of it is installed. */
    FAILED_FOR_GOOD
  }

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  public RollbackRule {
    onlyCodes = List.copyOf(onlyCodes);
    exceptCodes = List.copyOf(exceptCodes);
    codes("only-codes", onlyCodes);
    codes("except-codes", exceptCodes);
    check(
        onlyCodes.isEmpty() || exceptCodes.isEmpty(),
        "except-codes",
        exceptCodes,
        "either only-codes or except-codes");
    check(
        when != When.NEVER || (onlyCodes.isEmpty() && exceptCodes.isEmpty()),
        "when",
        when,
        When.FAILED_FOR_GOOD + " where error codes are named");
  }

  private static void codes(String key, List<String> codes) {
    for (String code : codes) {
      check(CODE.matcher(code).matches(), key, code, "an error code such as FLASH_WRITE");
    }
    check(codes.stream().distinct().count() == codes.size(), key, codes, "each code once");
  }

  /** Whether a failure with that code is one after which a vehicle goes back. */
  public boolean applies(String errorCode) {
    return when == When.FAILED_FOR_GOOD
        && (onlyCodes.isEmpty() || onlyCodes.contains(errorCode))
        && !exceptCodes.contains(errorCode);
  }

  /** For people. */
  public String sentence() {
    if (when == When.NEVER) {
      return "by a person alone";
    }
    String codes =
        onlyCodes.isEmpty()
            ? exceptCodes.isEmpty() ? "" : ", but not with " + String.join(", ", exceptCodes) + ","
            : " with " + String.join(", ", onlyCodes);
    return when + ": a vehicle that fails for good" + codes + " goes back by itself";
  }

  /** Reads a campaign's canonical JSON; a campaign without the key never rolls back by itself. */
  public static RollbackRule of(String definition) {
    JsonNode rule = JSON.readTree(definition).get("rollback");
    return rule == null
        ? NEVER
        : new RollbackRule(
            When.valueOf(rule.required("when").asString()),
            texts(rule.get("onlyCodes")),
            texts(rule.get("exceptCodes")));
  }

  /** As the canonical JSON has it; empty where nothing need be said. */
  public Optional<Map<String, Object>> content() {
    if (when == When.NEVER) {
      return Optional.empty();
    }
    Map<String, Object> content = new TreeMap<>();
    content.put("when", when.name());
    if (!onlyCodes.isEmpty()) {
      content.put("onlyCodes", onlyCodes);
    }
    if (!exceptCodes.isEmpty()) {
      content.put("exceptCodes", exceptCodes);
    }
    return Optional.of(content);
  }

  private static List<String> texts(@Nullable JsonNode list) {
    List<String> texts = new ArrayList<>();
    if (list != null) {
      list.forEach(item -> texts.add(item.asString()));
    }
    return texts;
  }
}
