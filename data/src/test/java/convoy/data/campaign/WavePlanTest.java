package convoy.data.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavePlanTest {
  /** Waves named w1, w2, … from sizes such as {@code 10% 25 rest}. */
  private static List<WaveRule> waves(String sizes) {
    String[] texts = sizes.split(" ", -1);
    return IntStream.range(0, texts.length)
        .mapToObj(i -> new WaveRule("w" + (i + 1), WaveSize.parse(texts[i])))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "rest, 7, 7",
    "100%, 7, 7",
    "10% 40% rest, 1000, 100 400 500",
    "10% 40% rest, 1001, 101 401 499",
    "10% 40% rest, 1, 1 0 0",
    "10% 40% rest, 2, 1 1 0",
    "10% 40% rest, 0, 0 0 0",
    "25 rest, 1000, 25 975",
    "25 rest, 10, 10 0",
    "25 50% rest, 1000, 25 500 475",
    "25 50% rest, 40, 25 15 0",
    "0.01% rest, 1000000, 100 999900",
    "0.01% rest, 5, 1 4",
    "33.33% 33.33% 33.34%, 100, 34 34 32",
    "50% 50%, 3, 2 1",
    "10% rest, 100000000000000, 10000000000000 90000000000000"
  })
  void sharesAreOfAllVehiclesRoundedUpAndTheLastWaveTakesWhatIsLeft(
      String sizes, long vehicles, String expected) {
    assertThat(WavePlan.sizes(waves(sizes), vehicles))
        .containsExactlyElementsOf(
            Arrays.stream(expected.split(" ", -1)).map(Long::valueOf).toList());
  }

  @Test
  void everyVehicleIsInOneWaveAndNoWaveIsAVehicleMoreThanItsShare() {
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      List<WaveRule> waves = randomPlan(random);
      long vehicles = random.nextInt(4) == 0 ? random.nextInt(20) : random.nextInt(5_000_000);
      List<Long> sizes = WavePlan.sizes(waves, vehicles);
      String what = waves + " of " + vehicles;
      assertThat(sizes).as(what).hasSameSizeAs(waves).allMatch(size -> size >= 0);
      assertThat(sizes.stream().mapToLong(Long::longValue).sum()).as(what).isEqualTo(vehicles);
      assertThat(sizes.get(0)).as(what).isGreaterThanOrEqualTo(Math.min(1, vehicles));
      for (int w = 0; w < waves.size() - 1; w++) {
        if (waves.get(w).size() instanceof WaveSize.Part part) {
          double quota = vehicles * (part.share().basisPoints() / 10_000.0);
          assertThat((double) sizes.get(w)).as(what).isLessThan(quota + 1);
        }
      }
    }
  }

  private static List<WaveRule> randomPlan(Random random) {
    List<WaveRule> waves = new ArrayList<>();
    int left = Share.WHOLE;
    for (int w = random.nextInt(5); w > 0; w--) {
      int share = 1 + random.nextInt(left / 2);
      left -= share;
      boolean count = random.nextInt(4) == 0;
      WaveSize size =
          count
              ? new WaveSize.Vehicles(1 + random.nextInt(100))
              : new WaveSize.Part(new Share(share));
      waves.add(new WaveRule("w" + w, size));
    }
    boolean sharesOnly = waves.stream().allMatch(w -> w.size() instanceof WaveSize.Part);
    boolean rest = !sharesOnly || random.nextBoolean();
    waves.add(
        new WaveRule("last", rest ? new WaveSize.Rest() : new WaveSize.Part(new Share(left))));
    return waves;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60% 50% | waves '110%': expected shares that add up to at most 100%",
        "60% 50% rest | waves '110%': expected shares that add up to at most 100%",
        "60% 40% rest | waves '100%': expected shares below 100%, so that something is left for 'share: rest'",
        "10% 40.5% | waves '50.5%': expected a last wave with 'share: rest', or shares alone that add up to 100%",
        "25 | waves '0%': expected a last wave with 'share: rest', or shares alone that add up to 100%",
        "25 100% | waves '100%': expected a last wave with 'share: rest', or shares alone that add up to 100%",
        "rest 10% | waves 'w1': expected 'share: rest' in the last wave only",
        "10% rest rest | waves 'w2': expected 'share: rest' in the last wave only",
      })
  void aPlanThatDoesNotTakeInEveryVehicleOnceIsRefused(String sizes, String message) {
    assertThatThrownBy(() -> WavePlan.validate(waves(sizes)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void aPlanHasWavesAndTheirNamesDiffer() {
    assertThatThrownBy(() -> WavePlan.validate(List.of()))
        .hasMessage("waves '[]': expected one or more");
    WaveRule half = new WaveRule("half", WaveSize.parse("50%"));
    assertThatThrownBy(() -> WavePlan.validate(List.of(half, half)))
        .hasMessage("waves 'half': expected each name once");
  }
}
