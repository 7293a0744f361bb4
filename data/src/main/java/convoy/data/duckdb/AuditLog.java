package convoy.data.duckdb;

import convoy.data.io.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who changed what, when (rule 10 of ARCHITECTURE.md). Each line carries the hash of the one
 * before, so that a line that was altered or taken out of the middle shows.
 */
public final class AuditLog {
  /** The previous hash of the first line. */
  static final String GENESIS = "0".repeat(64);

  private AuditLog() {}

  /** One act. */
  public record Line(
      long seq,
      Instant at,
      String who,
      String act,
      String subject,
      @Nullable String before,
      @Nullable String after,
      String previousHash,
      String hash) {
    String expectedHash() {
      return hashOf(this);
    }
  }

  /** Adds a line in the transaction of the act itself. */
  static void append(
      Db db,
      Instant at,
      String act,
      String subject,
      @Nullable String before,
      @Nullable String after) {
    append(db, at, db.actor(), act, subject, before, after);
  }

  /** The same for an act of that person. */
  static void append(
      Db db,
      Instant at,
      String who,
      String act,
      String subject,
      @Nullable String before,
      @Nullable String after) {
    Optional<Line> last = lines(db, "order by seq desc limit 1").stream().findFirst();
    Line line =
        new Line(
            last.map(l -> l.seq() + 1).orElse(1L),
            at.truncatedTo(ChronoUnit.MICROS),
            who,
            act,
            subject,
            before,
            after,
            last.map(Line::hash).orElse(GENESIS),
            "");
    db.text(
            "insert into audit_log values (:seq, :at, :who, :act, :subject, :before, :after, :previous, :hash)")
        .param("seq", line.seq())
        .param("at", Db.utc(line.at()))
        .param("who", line.who())
        .param("act", act)
        .param("subject", subject)
        .param("before", before)
        .param("after", after)
        .param("previous", line.previousHash())
        .param("hash", hashOf(line))
        .update();
  }

  /** All lines, oldest first. */
  public static List<Line> lines(FleetStore store) {
    return store.read(db -> lines(db, "order by seq"));
  }

  /** The first fault of the chain, as a sentence; empty when it is whole. */
  public static Optional<String> fault(List<Line> lines) {
    String previous = GENESIS;
    long seq = 1;
    for (Line line : lines) {
      if (line.seq() != seq) {
        return Optional.of(
            "audit line %d: found line %d in its place: a line was removed"
                .formatted(seq, line.seq()));
      }
      if (!line.previousHash().equals(previous) || !line.hash().equals(line.expectedHash())) {
        return Optional.of(
            "audit line %d (%s %s): its hash is not that of its content: it was altered"
                .formatted(seq, line.act(), line.subject()));
      }
      previous = line.hash();
      seq++;
    }
    return Optional.empty();
  }

  private static List<Line> lines(Db db, String suffix) {
    return db.text("select * from audit_log " + suffix)
        .query(
            (row, i) ->
                new Line(
                    row.getLong("seq"),
                    Objects.requireNonNull(Db.instant(row, "acted_at")),
                    row.getString("who"),
                    row.getString("act"),
                    row.getString("subject"),
                    row.getString("before"),
                    row.getString("after"),
                    row.getString("previous_hash"),
                    row.getString("hash")))
        .list();
  }

  /**
   * SHA-256 over every field as its length, a colon and its UTF-8 bytes: no two contents share an
   * encoding.
   */
  private static String hashOf(Line line) {
    MessageDigest digest = Digests.of("SHA-256");
    for (String field :
        List.of(
            Long.toString(line.seq()),
            line.at().toString(),
            line.who(),
            line.act(),
            line.subject(),
            line.before() == null ? "" : line.before(),
            line.after() == null ? "" : line.after(),
            line.previousHash())) {
      byte[] utf8 = field.getBytes(StandardCharsets.UTF_8);
      digest.update((utf8.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(utf8);
    }
    return Digests.hex(digest);
  }
}
