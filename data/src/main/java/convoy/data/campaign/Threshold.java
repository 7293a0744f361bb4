package convoy.data.campaign;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.trust.Fields;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From how many of a number of vehicles on something counts. */
public sealed interface Threshold {
  /** A share of the vehicles, above 0%. */
  record Part(Share share) implements Threshold {
    public Part {
      if (share.basisPoints() == 0) {
        throw new IllegalArgumentException("'0%': expected more than 0%");
      }
    }

    @Override
    public boolean isReached(long part, long whole) {
      return Math.multiplyExact(part, (long) Share.WHOLE)
          >= Math.multiplyExact(whole, (long) share.basisPoints());
    }

    @Override
    public Object content() {
      return share.basisPoints();
    }

    @Override
    public String toString() {
      return share.toString();
    }
  }

  /** A number of vehicles, 1 or more, however many there are. */
  record Vehicles(long count) implements Threshold {
    public Vehicles {
      if (count < 1) {
        throw new IllegalArgumentException("'%d vehicles': expected 1 or more".formatted(count));
      }
    }

    @Override
    public boolean isReached(long part, long whole) {
      return part >= count;
    }

    @Override
    public Object content() {
      return Map.of("vehicles", count);
    }

    @Override
    public String toString() {
      return count == 1 ? "1 vehicle" : count + " vehicles";
    }
  }

  /**
   * A share, once it is that sure that it is reached: once the lower end of the vehicles' {@link
   * WilsonInterval} is at or above it.
   *
   * @param share above 0% and below 100%, which no sample shows
   * @param confidence of the two-sided interval, above 0% and below 100%
   */
  record Bound(Share share, Share confidence) implements Threshold {
    public Bound {
      between("share", share);
      between("confidence", confidence);
    }

    private static void between(String key, Share share) {
      check(
          share.basisPoints() > 0 && share.basisPoints() < Share.WHOLE,
          key,
          share,
          "more than 0% and less than 100%");
    }

    @Override
    public boolean isReached(long part, long whole) {
      return WilsonInterval.reaches(part, whole, share, confidence);
    }

    /** The lower end of the interval. */
    public Share lowerEnd(long part, long whole) {
      return new Share(WilsonInterval.lowerEnd(part, whole, confidence));
    }

    @Override
    public Object content() {
      return Map.of("share", share.basisPoints(), "confidence", confidence.basisPoints());
    }

    @Override
    public String toString() {
      return "{ share: %s, confidence: %s }".formatted(share, confidence);
    }
  }

  /** Whether so many of so many vehicles reach it. */
  boolean isReached(long part, long whole);

  /** As the canonical JSON has it, and {@link #read} reads it. */
  Object content();

  /**
   * Reads {@code 12.5%} or {@code 20 vehicles}.
   *
   * @throws IllegalArgumentException when the text is neither; the message begins with it in quotes
   */
  static Threshold parse(String text) {
    Matcher m = Pattern.compile("([0-9]{1,9}) vehicles?").matcher(text);
    if (m.matches()) {
      return new Vehicles(Long.parseLong(m.group(1)));
    }
    Share share;
    try {
      share = Share.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + ", or a number of vehicles such as '20 vehicles'", e);
    }
    return new Part(share);
  }

  /**
   * Reads what {@link #content} wrote.
   *
   * @throws convoy.data.error.ConvoyException NOT_TRUSTED when it is none of that
   * @throws IllegalArgumentException when it is a threshold that no definition can have
   */
  static Threshold read(Fields fields, String name) {
    if (!(fields.values().get(name) instanceof Map)) {
      return new Part(new Share(fields.smallInteger(name, 0)));
    }
    Fields threshold = fields.object(name);
    if (threshold.values().containsKey("vehicles")) {
      return new Vehicles(threshold.requireExactly(Set.of("vehicles")).integer("vehicles", 1));
    }
    threshold.requireExactly(Set.of("share", "confidence"));
    return new Bound(
        new Share(threshold.smallInteger("share", 1)),
        new Share(threshold.smallInteger("confidence", 1)));
  }
}
