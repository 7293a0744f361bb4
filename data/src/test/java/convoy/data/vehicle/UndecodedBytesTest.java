package convoy.data.vehicle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UndecodedBytesTest {
  @Test
  void anUndecodedByteIsShownInHexAndTheRestUnchanged() {
    String text = "Z" + UndecodedBytes.asChar((byte) 0xFC) + "rich \uD83D\uDE97";
    assertThat(UndecodedBytes.anyIn(text)).isTrue();
    assertThat(UndecodedBytes.shown(text)).isEqualTo("Z\\xFCrich \uD83D\uDE97");
  }

  @Test
  void aPairOfSurrogatesIsNoUndecodedByte() {
    // U+1F4E9 ends in U+DCE9, which alone would stand for the byte E9.
    String envelope = Character.toString(0x1F4E9);
    assertThat(UndecodedBytes.anyIn(envelope)).isFalse();
    assertThat(UndecodedBytes.shown(envelope)).isEqualTo(envelope);
  }
}
