package convoy.scheduler.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A small and strict object store on loopback, with what of S3 publishing needs: it refuses bodies
 * that are not what their hashes say, parts that are too small, and completions that do not fit.
 * Faults come on demand.
 */
public final class ObjectStore implements AutoCloseable {
  public static final String BUCKET = "fleet";
  public static final String KEY_ID = "AKIDTEST";
  public static final String SECRET = "a secret that stands nowhere else";

  private static final int LEAST_PART = 5 << 20;
  // Small, so that lists come in pages.
  private static final int PAGE = 2;
  private static final Pattern COMPLETED_PART = Pattern.compile("<Part>(.*?)</Part>");

  /** What goes wrong with a request. */
  public enum Fault {
    /** 503 SlowDown. */
    UNAVAILABLE,
    /** 403 AccessDenied. */
    DENIED,
    /** The connection ends in the middle of the body, without an answer. */
    CUT,
    /** No answer until {@link #release}. */
    SILENT,
    /** What was taken and found right is stored otherwise. */
    DAMAGED
  }

  /** What the store can do with SHA-256. */
  public enum Checksums {
    KNOWN,
    /** Headers with it are passed over. */
    UNKNOWN,
    /** Requests with it are refused. */
    REFUSED
  }

  /** An object, or a part of one. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stored(
      byte[] bytes, String etag, @Nullable String sha256, Map<String, String> metadata) {}

  private record Upload(
      String key, String id, Map<String, String> metadata, TreeMap<Integer, Stored> parts) {}

  private record Trouble(String request, int times, Fault fault) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Checksums checksums;
  private final TreeMap<String, Stored> objects = new TreeMap<>();
  private final TreeMap<String, Upload> uploads = new TreeMap<>();
  private final List<String> requests = new ArrayList<>();
  private final List<Trouble> troubles = new ArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private int begun;

  public ObjectStore(Checksums checksums) throws IOException {
    this.checksums = checksums;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The keys of all objects. */
  public synchronized List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  public synchronized byte[] bytes(String key) {
    return object(key).bytes().clone();
  }

  public synchronized String etag(String key) {
    return object(key).etag();
  }

  private Stored object(String key) {
    return Objects.requireNonNull(objects.get(key), key);
  }

  /** Puts other bytes there, as another program may. */
  public synchronized void put(String key, byte[] bytes) {
    objects.put(key, stored(bytes, Map.of()));
  }

  public synchronized void remove(String key) {
    objects.remove(key);
  }

  /** How many uploads in parts were begun and neither completed nor given up. */
  public synchronized int unfinished() {
    return uploads.size();
  }

  /** The requests since the last call, such as {@code PUT images/a part 2}. */
  public synchronized List<String> requests() {
    List<String> all = List.copyOf(requests);
    requests.clear();
    return all;
  }

  /** Whether that request came since {@link #requests} was asked last. */
  public synchronized boolean isAskedFor(String request) {
    return requests.contains(request);
  }

  /** So many requests that begin so fail from now on. */
  public synchronized void fail(String request, int times, Fault fault) {
    troubles.add(new Trouble(request, times, fault));
  }

  /** Ends all faults, and the silence of those that are silent. */
  public synchronized void release() {
    troubles.clear();
    released.countDown();
  }

  private synchronized @Nullable Fault fault(String request) {
    requests.add(request);
    for (int i = 0; i < troubles.size(); i++) {
      Trouble trouble = troubles.get(i);
      if (request.startsWith(trouble.request())) {
        if (trouble.times() == 1) {
          troubles.remove(i);
        } else {
          troubles.set(i, new Trouble(trouble.request(), trouble.times() - 1, trouble.fault()));
        }
        return trouble.fault();
      }
    }
    return null;
  }

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String code;

    private Refused(int status, String code) {
      super(code);
      this.status = status;
      this.code = code;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange);
    String path = URLDecoder.decode(exchange.getRequestURI().getRawPath(), StandardCharsets.UTF_8);
    String key = path.substring(Math.min(path.length(), BUCKET.length() + 2));
    String part = query.containsKey("partNumber") ? " part " + query.get("partNumber") : "";
    String kind = query.containsKey("uploads") ? " uploads" : "";
    Fault fault = fault(exchange.getRequestMethod() + " " + key + kind + part);
    try {
      if (fault == Fault.CUT) {
        exchange.getRequestBody().readNBytes(1000);
        exchange.close();
        return;
      }
      if (fault == Fault.SILENT) {
        released.await(1, TimeUnit.MINUTES);
        exchange.close();
        return;
      }
      if (fault == Fault.UNAVAILABLE || fault == Fault.DENIED) {
        // Java's server has asked for the body already; a client that still sends it hears nothing.
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      }
      if (fault == Fault.UNAVAILABLE) {
        throw new Refused(503, "SlowDown");
      }
      if (fault == Fault.DENIED) {
        throw new Refused(403, "AccessDenied");
      }
      if (!path.startsWith("/" + BUCKET)) {
        throw new Refused(404, "NoSuchBucket");
      }
      answer(exchange, key, query, fault == Fault.DAMAGED);
    } catch (Refused e) {
      String body =
          "<Error><Code>%s</Code><Message>words on %s</Message></Error>".formatted(e.code, e.code);
      send(exchange, e.status, body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.close();
    }
  }

  private void answer(
      HttpExchange exchange, String key, Map<String, String> query, boolean isDamaged)
      throws IOException, Refused {
    byte[] body = body(exchange);
    String upload = query.get("uploadId");
    switch (exchange.getRequestMethod()) {
      case "HEAD" -> head(exchange, key);
      case "PUT" -> {
        if (upload != null) {
          Stored part = stored(body, Map.of());
          synchronized (this) {
            upload(upload).parts().put(Integer.valueOf(query.get("partNumber")), part);
          }
          tell(exchange, part);
        } else {
          Stored object = stored(body, metadata(exchange));
          tell(exchange, object);
          if (isDamaged) {
            byte[] other = body.clone();
            other[0] ^= 1;
            object = stored(other, object.metadata());
          }
          synchronized (this) {
            objects.put(key, object);
          }
        }
        send(exchange, 200, "");
      }
      case "POST" ->
          send(
              exchange,
              200,
              upload == null
                  ? begin(key, metadata(exchange))
                  : complete(upload, new String(body, StandardCharsets.UTF_8), isDamaged));
      case "GET" -> send(exchange, 200, upload == null ? uploads(query) : parts(upload, query));
      case "DELETE" -> {
        synchronized (this) {
          if (upload == null) {
            objects.remove(key);
          } else {
            upload(upload);
            uploads.remove(upload);
          }
        }
        send(exchange, 204, "");
      }
      default -> throw new Refused(405, "MethodNotAllowed");
    }
  }

  /** The body, when who sent it may, and it is what its hashes say. */
  private byte[] body(HttpExchange exchange) throws IOException, Refused {
    var headers = exchange.getRequestHeaders();
    String authorization = headers.getFirst("Authorization");
    if (authorization == null
        || !authorization.startsWith("AWS4-HMAC-SHA256 Credential=" + KEY_ID + "/")) {
      throw new Refused(403, "InvalidAccessKeyId");
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    String length = headers.getFirst("Content-Length");
    if (length != null && Long.parseLong(length) != body.length) {
      throw new Refused(400, "IncompleteBody");
    }
    String signed = headers.getFirst("x-amz-content-sha256");
    boolean isSigned = signed != null && signed.equals(Hashed.hex("SHA-256", body));
    if (!isSigned && !(body.length == 0 && "UNSIGNED-PAYLOAD".equals(signed))) {
      throw new Refused(400, "XAmzContentSHA256Mismatch");
    }
    String md5 = headers.getFirst("Content-MD5");
    if (md5 != null && !md5.equals(Hashed.base64("MD5", body))) {
      throw new Refused(400, "BadDigest");
    }
    String sha256 = headers.getFirst("x-amz-checksum-sha256");
    if (checksums == Checksums.REFUSED
        && headers.keySet().stream()
            .anyMatch(h -> h.toLowerCase(Locale.ROOT).startsWith("x-amz-checksum"))) {
      throw new Refused(501, "NotImplemented");
    }
    if (checksums == Checksums.KNOWN
        && sha256 != null
        && !sha256.equals(Hashed.base64("SHA-256", body))) {
      throw new Refused(400, "BadDigest");
    }
    if (exchange.getRequestMethod().equals("PUT") && md5 == null) {
      throw new Refused(400, "InvalidRequest");
    }
    return body;
  }

  private Stored stored(byte[] bytes, Map<String, String> metadata) {
    return new Stored(
        bytes,
        Hashed.hex("MD5", bytes),
        checksums == Checksums.KNOWN ? Hashed.base64("SHA-256", bytes) : null,
        metadata);
  }

  private void head(HttpExchange exchange, String key) throws IOException, Refused {
    Stored object;
    synchronized (this) {
      object = objects.get(key);
    }
    if (object == null) {
      throw new Refused(404, "NotFound");
    }
    tell(exchange, object);
    object.metadata().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.getResponseHeaders().set("Content-Length", Integer.toString(object.bytes().length));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static void tell(HttpExchange exchange, Stored object) {
    exchange.getResponseHeaders().set("ETag", '"' + object.etag() + '"');
    boolean isAsked =
        !exchange.getRequestMethod().equals("HEAD")
            || "ENABLED".equals(exchange.getRequestHeaders().getFirst("x-amz-checksum-mode"));
    if (object.sha256() != null && isAsked) {
      exchange.getResponseHeaders().set("x-amz-checksum-sha256", object.sha256());
    }
  }

  private synchronized String begin(String key, Map<String, String> metadata) {
    String id = "upload-" + ++begun;
    uploads.put(id, new Upload(key, id, metadata, new TreeMap<>()));
    return "<InitiateMultipartUploadResult><UploadId>%s</UploadId></InitiateMultipartUploadResult>"
        .formatted(id);
  }

  private synchronized Upload upload(String id) throws Refused {
    Upload upload = uploads.get(id);
    if (upload == null) {
      throw new Refused(404, "NoSuchUpload");
    }
    return upload;
  }

  private synchronized String complete(String id, String asked, boolean isDamaged) throws Refused {
    Upload upload = upload(id);
    List<Stored> parts = new ArrayList<>();
    Matcher completed = COMPLETED_PART.matcher(asked);
    int last = 0;
    while (completed.find()) {
      int number = Integer.parseInt(field(completed.group(1), "PartNumber"));
      Stored part = upload.parts().get(number);
      String sha256 = field(completed.group(1), "ChecksumSHA256");
      if (part == null
          || number <= last
          || !field(completed.group(1), "ETag").replaceAll("&quot;|\"", "").equals(part.etag())
          || (!sha256.isEmpty() && part.sha256() != null && !sha256.equals(part.sha256()))) {
        throw new Refused(400, "InvalidPart");
      }
      parts.add(part);
      last = number;
    }
    if (parts.isEmpty()
        || parts.stream().limit(parts.size() - 1L).anyMatch(p -> p.bytes().length < LEAST_PART)) {
      throw new Refused(400, "EntityTooSmall");
    }
    byte[] whole = Hashed.joined(parts.stream().map(Stored::bytes).toList());
    String count = "-" + parts.size();
    byte[] md5 = Hashed.joined(parts.stream().map(p -> Hashed.of("MD5", p.bytes())).toList());
    byte[] sha = Hashed.joined(parts.stream().map(p -> Hashed.of("SHA-256", p.bytes())).toList());
    objects.put(
        upload.key(),
        new Stored(
            whole,
            Hashed.hex("MD5", md5) + count,
            checksums == Checksums.KNOWN && !isDamaged
                ? Hashed.base64("SHA-256", sha) + count
                : isDamaged ? Base64.getEncoder().encodeToString(new byte[32]) + count : null,
            upload.metadata()));
    uploads.remove(id);
    return "<CompleteMultipartUploadResult><Key>%s</Key></CompleteMultipartUploadResult>"
        .formatted(upload.key());
  }

  /** What stands in an element; empty without one. */
  private static String field(String xml, String name) {
    Matcher element = Pattern.compile("<%s>([^<]*)</%s>".formatted(name, name)).matcher(xml);
    return element.find() ? element.group(1) : "";
  }

  private synchronized String uploads(Map<String, String> query) {
    StringBuilder xml = new StringBuilder("<ListMultipartUploadsResult>");
    uploads.values().stream()
        .filter(upload -> upload.key().startsWith(query.getOrDefault("prefix", "")))
        .forEach(
            u ->
                xml.append(
                    "<Upload><Key>%s</Key><UploadId>%s</UploadId></Upload>"
                        .formatted(u.key(), u.id())));
    return xml.append("</ListMultipartUploadsResult>").toString();
  }

  private synchronized String parts(String id, Map<String, String> query) throws Refused {
    int after = Integer.parseInt(query.getOrDefault("part-number-marker", "0"));
    var left = upload(id).parts().tailMap(after, false);
    StringBuilder xml = new StringBuilder("<ListPartsResult>");
    left.entrySet().stream()
        .limit(PAGE)
        .forEach(
            e -> {
              Stored part = e.getValue();
              xml.append("<Part><PartNumber>%d</PartNumber>".formatted(e.getKey()));
              xml.append("<ETag>\"%s\"</ETag>".formatted(part.etag()));
              xml.append("<Size>%d</Size>".formatted(part.bytes().length));
              if (part.sha256() != null) {
                xml.append("<ChecksumSHA256>%s</ChecksumSHA256>".formatted(part.sha256()));
              }
              xml.append("</Part>");
            });
    boolean isMore = left.size() > PAGE;
    xml.append("<IsTruncated>%s</IsTruncated>".formatted(isMore));
    if (isMore) {
      int last = left.keySet().stream().limit(PAGE).reduce((a, b) -> b).orElseThrow();
      xml.append("<NextPartNumberMarker>%d</NextPartNumberMarker>".formatted(last));
    }
    return xml.append("</ListPartsResult>").toString();
  }

  private static Map<String, String> metadata(HttpExchange exchange) {
    Map<String, String> metadata = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (name.toLowerCase(Locale.ROOT).startsWith("x-amz-meta-")
                  || name.equalsIgnoreCase("Content-Type")) {
                metadata.put(name, values.get(0));
              }
            });
    return metadata;
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(
          parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    boolean isBare = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, isBare ? -1 : bytes.length);
    if (!isBare) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    released.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
