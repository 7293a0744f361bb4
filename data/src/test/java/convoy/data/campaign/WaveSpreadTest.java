package convoy.data.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WaveSpreadTest {
  @Test
  void eachWaveHasItsPartOfEachKind() {
    assertThat(WaveSpread.of(List.of(10L, 30L, 60L), List.of(50L, 30L, 20L)))
        .containsExactly(List.of(5L, 3L, 2L), List.of(15L, 9L, 6L), List.of(30L, 18L, 12L));
  }

  @Test
  void theCanaryHasOneOfEveryKindWhereItIsLargeEnough() {
    assertThat(WaveSpread.of(List.of(4L, 1006L), List.of(1000L, 5L, 3L, 2L)))
        .containsExactly(List.of(1L, 1L, 1L, 1L), List.of(999L, 4L, 2L, 1L));
    assertThat(WaveSpread.of(List.of(3L, 1007L), List.of(1000L, 5L, 3L, 2L)).get(0))
        .as("too small: the largest kinds")
        .isEqualTo(List.of(3L, 0L, 0L, 0L));
  }

  @Test
  void noVehiclesMakeEmptyWaves() {
    assertThat(WaveSpread.of(List.of(0L, 0L), List.of())).containsExactly(List.of(), List.of());
    assertThat(WaveSpread.of(List.of(3L, 0L), List.of(2L, 1L)))
        .containsExactly(List.of(2L, 1L), List.of(0L, 0L));
  }

  @Test
  void wavesThatDoNotAddUpAreRefused() {
    assertThatThrownBy(() -> WaveSpread.of(List.of(3L, 4L), List.of(5L, 3L)))
        .hasMessage("waves of [3, 4] vehicles, expected them to add up to the 8 of [5, 3]");
  }

  /** Whatever the waves and the kinds: nothing is lost, and no wave is off by one vehicle. */
  @Test
  void sumsAreExactAndEveryWaveIsWithinOneOfItsProportion() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      List<Long> kinds = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(12); i++) {
        kinds.add(1L + random.nextInt(random.nextBoolean() ? 5 : 100_000));
      }
      long all = kinds.stream().mapToLong(k -> k).sum();
      List<Long> sizes = new ArrayList<>();
      long left = all;
      for (int wave = 0; wave < random.nextInt(5); wave++) {
        long size = random.nextLong(left / (random.nextBoolean() ? 1 : 10) + 1);
        sizes.add(size);
        left -= size;
      }
      sizes.add(left);
      check(sizes, kinds, WaveSpread.of(sizes, kinds));
    }
  }

  private static void check(List<Long> sizes, List<Long> kinds, List<List<Long>> spread) {
    long[] rest = kinds.stream().mapToLong(k -> k).toArray();
    for (int wave = 0; wave < sizes.size(); wave++) {
      List<Long> taken = spread.get(wave);
      long size = sizes.get(wave);
      String what = "wave %d of %s over %s: %s".formatted(wave + 1, sizes, kinds, spread);
      assertThat(taken.stream().mapToLong(t -> t).sum()).as(what).isEqualTo(size);
      boolean takesOneOfEach = wave == 0 && size >= kinds.size();
      checkProportion(what, size, taken, rest, takesOneOfEach);
      for (int i = 0; i < rest.length; i++) {
        rest[i] -= taken.get(i);
        assertThat(rest[i]).as(what).isNotNegative();
      }
    }
    assertThat(rest).containsOnly(0);
  }

  private static void checkProportion(
      String what, long size, List<Long> taken, long[] rest, boolean takesOneOfEach) {
    double rate = size / (double) Math.max(1, LongStream.of(rest).sum());
    boolean isRaised = takesOneOfEach && LongStream.of(rest).anyMatch(kind -> kind * rate < 1);
    for (int i = 0; i < rest.length; i++) {
      assertThat(taken.get(i)).as(what).isGreaterThanOrEqualTo(takesOneOfEach ? 1 : 0);
      double proportion = rate * rest[i];
      // Where small kinds are raised to one vehicle, the large ones have less than their part.
      if (isRaised) {
        assertThat(taken.get(i)).as(what).isLessThanOrEqualTo((long) Math.ceil(proportion));
      } else {
        assertThat(Math.abs(taken.get(i) - proportion)).as("%s, kind %d", what, i).isLessThan(1);
      }
    }
  }
}
