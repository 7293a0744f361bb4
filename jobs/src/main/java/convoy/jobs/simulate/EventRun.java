package convoy.jobs.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.status.ReportedState;
import convoy.data.status.StatusEvent;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Events in an order, on disk. */
final class EventRun implements Iterator<EventRun.Arrival>, AutoCloseable {
  private final Spill spill;
  private @Nullable DataInputStream in;
  private int left;

  /**
   * An event, and when it reaches the gateway.
   *
   * @param after the time since the manifest was issued
   */
  record Arrival(Duration after, StatusEvent event) {}

  EventRun(Path folder, List<Arrival> arrivals) throws IOException {
    this.spill = new Spill(folder);
    this.left = arrivals.size();
    DataOutputStream out = new DataOutputStream(spill.out());
    for (Arrival arrival : arrivals) {
      write(out, arrival);
    }
    out.flush();
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public Arrival next() {
    if (left == 0) {
      throw new NoSuchElementException();
    }
    left--;
    try {
      DataInputStream from = in;
      if (from == null) {
        from = new DataInputStream(spill.read());
        in = from;
      }
      return read(from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    spill.close();
  }

  private static void write(DataOutputStream out, Arrival arrival) throws IOException {
    StatusEvent event = arrival.event();
    Duration after = arrival.after();
    out.writeLong(after.getSeconds());
    out.writeInt(after.getNano());
    writeText(out, event.eventId());
    Instant at = event.at();
    out.writeLong(at.getEpochSecond());
    out.writeInt(at.getNano());
    writeText(out, event.vin());
    writeText(out, event.module());
    writeText(out, event.campaign());
    out.writeLong(event.manifestVersion());
    out.writeInt(event.attempt());
    writeText(out, event.state().name());
    writeOrNull(out, event.reportedVersion());
    writeOrNull(out, event.errorCode());
    writeOrNull(out, event.text());
  }

  private static Arrival read(DataInputStream in) throws IOException {
    return new Arrival(
        Duration.ofSeconds(in.readLong(), in.readInt()),
        new StatusEvent(
            readText(in),
            Instant.ofEpochSecond(in.readLong(), in.readInt()),
            readText(in),
            readText(in),
            readText(in),
            in.readLong(),
            in.readInt(),
            ReportedState.valueOf(readText(in)),
            readOrNull(in),
            readOrNull(in),
            readOrNull(in)));
  }

  /** Of any length, as what a vehicle says of a manifest that it refuses may be. */
  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), UTF_8);
  }

  private static void writeOrNull(DataOutputStream out, @Nullable String text) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      writeText(out, text);
    }
  }

  private static @Nullable String readOrNull(DataInputStream in) throws IOException {
    return in.readBoolean() ? readText(in) : null;
  }
}
