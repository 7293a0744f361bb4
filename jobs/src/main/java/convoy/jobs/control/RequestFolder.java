package convoy.jobs.control;

import convoy.config.Home;
import convoy.data.campaign.ControlAct;
import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.ControlRequest.SignedWithdrawal;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import convoy.data.trust.CanonicalJson;
import convoy.data.trust.Fields;
import convoy.data.trust.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests to campaigns as small files under {@code store/requests}, for whoever holds the fleet
 * store. Their names sort as they were asked. A file goes once its request is settled.
 */
public final class RequestFolder {
  private static final String SUFFIX = ".json";
  private static final Set<String> FIELDS =
      Set.of("id", "act", "campaign", "who", "reason", "askedAt", "vehicles", "document");

  private final Path folder;

  /** The folder of that home; it need not exist. */
  public RequestFolder(Home home) {
    folder = home.store().resolve("requests");
  }

  /** Leaves a request, whole or not at all. */
  public Path leave(ControlRequest request) {
    Map<String, Object> content = new HashMap<>();
    content.put("id", request.id());
    content.put("act", request.act().name());
    content.put("campaign", request.campaign());
    content.put("who", request.who());
    // An empty text stands for no reason: the keys are always the same.
    content.put("reason", request.reason() == null ? "" : request.reason());
    content.put("askedAt", request.askedAt().toString());
    SignedWithdrawal withdrawal = request.withdrawal();
    content.put("vehicles", withdrawal == null ? "" : withdrawal.vehicles());
    content.put("document", withdrawal == null ? "" : withdrawal.document());
    Path file =
        folder.resolve(
            "%015d-%s%s".formatted(request.askedAt().toEpochMilli(), request.id(), SUFFIX));
    try {
      AtomicFiles.write(file, CanonicalJson.encode(content));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** The files of the requests that wait, in the order in which they were asked. */
  public List<Path> waiting() {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> !f.getFileName().toString().startsWith("."))
          .filter(f -> f.toString().endsWith(SUFFIX))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  /**
   * Reads a request.
   *
   * @throws ConvoyException INPUT_REFUSED when the file is no request
   */
  static ControlRequest read(Path file) {
    try {
      Fields fields =
          StrictJson.parse(Files.readAllBytes(file), file.getFileName().toString())
              .requireExactly(FIELDS);
      Object reason = fields.values().get("reason");
      return new ControlRequest(
          fields.text("id"),
          act(fields),
          fields.text("campaign"),
          fields.text("who"),
          "".equals(reason) ? null : fields.text("reason"),
          askedAt(fields),
          withdrawal(fields));
    } catch (ConvoyException e) {
      throw new ConvoyException(ErrorCode.INPUT_REFUSED, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** Empty texts stand for none, as for the reason. */
  private static @Nullable SignedWithdrawal withdrawal(Fields fields) {
    return "".equals(fields.values().get("vehicles")) && "".equals(fields.values().get("document"))
        ? null
        : new SignedWithdrawal(fields.text("vehicles"), fields.text("document"));
  }

  private static ControlAct act(Fields fields) {
    String text = fields.text("act");
    for (ControlAct act : ControlAct.values()) {
      if (act.name().equals(text)) {
        return act;
      }
    }
    throw fields.refused("act", "one of " + List.of(ControlAct.values()));
  }

  /** With its fraction of a second, by which requests of one second keep their order. */
  private static Instant askedAt(Fields fields) {
    try {
      return Instant.parse(fields.text("askedAt"));
    } catch (DateTimeParseException e) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          String.valueOf(
              fields.refused("askedAt", "a time such as 2026-03-01T12:00:00.123Z").getMessage()),
          e);
    }
  }

  /** Takes a settled request away. */
  static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** Keeps a file that is no request for a person to look at, where no job reads it again. */
  static Path setAside(Path file) {
    Path aside = file.resolveSibling(file.getFileName() + ".refused");
    try {
      AtomicFiles.rename(file, aside);
      return aside;
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
