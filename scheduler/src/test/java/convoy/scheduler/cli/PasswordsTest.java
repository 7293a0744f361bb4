package convoy.scheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.PrivateKeyFile;
import convoy.data.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of someone at a terminal, and what becomes of the answers. */
class PasswordsTest {
  @TempDir Path folder;

  private final List<String> asked = new ArrayList<>();
  private final List<char[]> typed = new ArrayList<>();
  private Path key = Path.of("");

  @BeforeEach
  void place() {
    key = folder.resolve("ann.p12");
  }

  /** Someone who gives these answers in turn; null: the input ends. */
  private Passwords.Prompt typing(@Nullable String... answers) {
    return text -> {
      String answer = answers[asked.size()];
      asked.add(text);
      if (answer == null) {
        return null;
      }
      typed.add(answer.toCharArray());
      return typed.get(typed.size() - 1);
    };
  }

  @Test
  void aNewPasswordIsAskedForTwice() {
    assertThat(Passwords.fresh(key, null, typing("correct horse", "correct horse")))
        .isEqualTo("correct horse".toCharArray());
    assertThat(asked).containsExactly("New password of ann.p12: ", "Once more: ");
    assertThat(typed.get(1)).as("the second copy is overwritten").containsOnly('\0');
  }

  @Test
  void twoDifferentPasswordsAreRefusedAndOverwritten() {
    assertThatThrownBy(() -> Passwords.fresh(key, null, typing("correct horse", "correct house")))
        .isInstanceOf(ConvoyException.class)
        .hasMessage("found two different passwords, expected the same one twice")
        .hasFieldOrPropertyWithValue("code", ErrorCode.USAGE);
    assertThat(typed).hasSize(2).allSatisfy(answer -> assertThat(answer).containsOnly('\0'));
  }

  @Test
  void aKeyIsOpenedWithWhatIsTypedWhereNoFileHasItsPassword() throws IOException {
    SigningKey made = SigningKey.generate();
    Instant now = Instant.now();
    PrivateKeyFile.store(
        key, made, "ann", "correct horse".toCharArray(), now, now.plus(Duration.ofDays(1)));
    assertThat(Passwords.open(key, null, typing("correct horse")).publicKey())
        .isEqualTo(made.publicKey());
    assertThat(asked).containsExactly("Password of ann.p12: ");
    assertThat(typed.get(0)).containsOnly('\0');

    asked.clear();
    assertThatThrownBy(() -> Passwords.open(key, null, typing("correct house")))
        .isInstanceOf(ConvoyException.class)
        .hasMessageStartingWith(key + ": ")
        .hasFieldOrPropertyWithValue("code", ErrorCode.NOT_TRUSTED);
    assertThat(typed.get(1)).containsOnly('\0');
  }

  @Test
  void whereNobodyCanBeAskedThatIsSaid() {
    String refused =
        key + ": found no terminal to ask for its password, expected one, or a password file";
    assertThatThrownBy(() -> Passwords.open(key, null, typing((String) null))).hasMessage(refused);
    asked.clear();
    assertThatThrownBy(() -> Passwords.fresh(key, null, typing("correct horse", null)))
        .hasMessage(refused);
    // The tests have no terminal either.
    CommandTest.Ended ended =
        CommandTest.runWithoutHome("operator", "key", "ann", "--folder", folder.toString());
    assertThat(ended.err()).isEqualTo("convoy: " + refused + "\n");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(Objects.requireNonNull(folder.toFile().list())).isEmpty();
  }
}
