package convoy.scheduler.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.trust.Consent;
import convoy.data.trust.StrictJson;
import convoy.data.update.Preconditions;
import convoy.jobs.trust.TrustRoot;
import convoy.jobs.trust.UpdateConsent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A registered update, for people and for programs.
 *
 * @param unsigned why no engineer's signature on it holds; empty when one does
 */
record UpdateView(Definitions.Update update, JsonNode content, Optional<String> unsigned) {
  private static final JsonMapper JSON = new JsonMapper();

  /** The update as it is registered and signed. */
  static UpdateView of(FleetStore store, TrustRoot root, Definitions.Update update, Instant now) {
    Consent consent = new Consent(root.load(store, now).trust(), now);
    return of(store, consent, update);
  }

  /** All registered updates, by name and version. */
  static List<UpdateView> all(FleetStore store, TrustRoot root, Instant now) {
    Consent consent = new Consent(root.load(store, now).trust(), now);
    return Definitions.updates(store).stream().map(u -> of(store, consent, u)).toList();
  }

  private static UpdateView of(FleetStore store, Consent consent, Definitions.Update update) {
    return new UpdateView(
        update, JSON.readTree(update.definition()), UpdateConsent.problem(consent, store, update));
  }

  /** One line of a list. */
  String line() {
    List<String> targets = new ArrayList<>();
    for (JsonNode t : content.get("targets")) {
      targets.add(text(t, "module") + " " + text(t, "to"));
    }
    return "%-36s %-13s %s%s%s"
        .formatted(
            update.name() + " " + update.version(),
            text(content, "category"),
            String.join(", ", targets),
            unsigned.isEmpty() ? "" : "; not signed",
            update.withdrawnAt() == null ? "" : "; withdrawn: " + update.withdrawnReason());
  }

  /** Everything that a person wants to know before a campaign. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%s %s: %s".formatted(update.name(), update.version(), text(content, "title")));
    add(lines, "category", text(content, "category"));
    if (update.withdrawnAt() != null) {
      add(lines, "withdrawn", update.withdrawnAt() + ", " + update.withdrawnReason());
    }
    add(lines, "models", orAll(content.get("models")));
    add(lines, "powertrains", orAll(content.get("powertrains")));
    for (JsonNode t : content.get("targets")) {
      target(lines, t);
    }
    for (JsonNode c : content.get("conditions")) {
      String kind = text(c, "kind").equals("REQUIRES") ? "requires" : "conflicts";
      add(lines, kind, text(c, "module") + " " + text(c, "range"));
    }
    add(lines, "downgrades", content.get("allowDowngrade").asBoolean() ? "allowed" : "never");
    add(lines, "way back", content.get("wayBackRequired").asBoolean() ? "required" : "optional");
    if (!content.get("preconditions").isEmpty()) {
      add(lines, "when", preconditions(content.get("preconditions")));
    }
    JsonNode approval = content.get("typeApproval");
    if (approval.get("relevant").asBoolean()) {
      add(lines, "RXSWIN", list(approval.get("rxswins"), ", "));
    }
    content.get("support").properties().forEach(e -> add(lines, "support", plain(e.getValue())));
    content.get("releaseNotes").forEach(note -> add(lines, "notes", note.asString()));
    unsigned.ifPresent(problem -> add(lines, "not signed", problem));
    add(lines, "registered", update.registeredAt() + ", SHA-256 " + update.digest());
    return lines;
  }

  private static void target(List<String> lines, JsonNode t) {
    add(
        lines,
        "target " + t.get("installOrder").asInt(),
        "%s from %s to %s, group %d, release counter %d"
            .formatted(
                text(t, "module"),
                text(t, "from"),
                text(t, "to"),
                t.get("installGroup").asInt(),
                t.get("releaseCounter").asInt()));
    add(
        lines,
        "",
        "hardware %s; versions of it %s; by %s"
            .formatted(
                orAny(t.get("hardware")),
                orAny(t.get("hardwareVersions")),
                orAny(t.get("protocols"))));
    for (JsonNode image : t.get("images")) {
      String hardware =
          image.get("hardware").isEmpty() ? "" : " for " + list(image.get("hardware"), ", ");
      add(
          lines,
          "",
          "%s%s, %,d bytes, SHA-256 %s"
              .formatted(
                  text(image, "name"),
                  hardware,
                  image.get("length").asLong(),
                  text(image, "sha256")));
    }
  }

  private static String preconditions(JsonNode asked) {
    return ManifestText.words(
        Preconditions.read(StrictJson.parse(asked.toString().getBytes(UTF_8), "preconditions")));
  }

  /** As {@code update show --json} has it; lists are arrays of these. */
  static String json(List<UpdateView> views) {
    return ScreenJson.of(views.stream().map(UpdateView::document).toList());
  }

  /** One JSON document. */
  String json() {
    return ScreenJson.of(document());
  }

  private Map<String, @Nullable Object> document() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("registeredAt", update.registeredAt().toString());
    document.put("digest", update.digest());
    document.put("signed", unsigned.isEmpty());
    document.put(
        "withdrawnAt", update.withdrawnAt() == null ? null : update.withdrawnAt().toString());
    document.put("withdrawnReason", update.withdrawnReason());
    document.put("definition", content);
    return document;
  }

  private static void add(List<String> lines, String what, String text) {
    lines.add("%-11s %s".formatted(what, text));
  }

  private static String text(JsonNode node, String key) {
    return node.get(key).asString();
  }

  private static String plain(JsonNode value) {
    return value.isArray() ? list(value, " ") : value.asString();
  }

  private static String orAll(JsonNode list) {
    return list.isEmpty() ? "all" : list(list, ", ");
  }

  private static String orAny(JsonNode list) {
    return list.isEmpty() ? "any" : list(list, ", ");
  }

  private static String list(JsonNode list, String separator) {
    List<String> all = new ArrayList<>();
    list.forEach(item -> all.add(item.asString()));
    return String.join(separator, all);
  }
}
