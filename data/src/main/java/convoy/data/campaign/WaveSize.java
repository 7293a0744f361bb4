package convoy.data.campaign;

import java.util.regex.Pattern;

/** How many of a campaign's vehicles belong to a wave. */
public sealed interface WaveSize {
  /** A share of all of the campaign's vehicles, above 0%. */
  record Part(Share share) implements WaveSize {
    public Part {
      if (share.basisPoints() == 0) {
        throw new IllegalArgumentException("share '0%': expected more than 0%");
      }
    }

    @Override
    public String toString() {
      return share.toString();
    }
  }

  /** A number of vehicles, 1 or more; fewer when the earlier waves leave fewer. */
  record Vehicles(long count) implements WaveSize {
    public Vehicles {
      if (count < 1) {
        throw new IllegalArgumentException("vehicles '%d': expected 1 or more".formatted(count));
      }
    }

    @Override
    public String toString() {
      return Long.toString(count);
    }
  }

  /** All that the earlier waves leave. */
  record Rest() implements WaveSize {
    @Override
    public String toString() {
      return "rest";
    }
  }

  /**
   * Reads what {@code toString} writes: {@code 12.5%}, {@code 25} or {@code rest}.
   *
   * @throws IllegalArgumentException when the text is none of these
   */
  static WaveSize parse(String text) {
    if (text.equals("rest")) {
      return new Rest();
    }
    return Pattern.matches("[0-9]{1,18}", text)
        ? new Vehicles(Long.parseLong(text))
        : new Part(Share.parse(text));
  }
}
