package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;

/** A value in a statement is that value and nothing else, whatever is in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlStatementTest {
  private FleetStore store;

  @BeforeAll
  void open(@TempDir Path folder) {
    store = Fleet.open(folder);
  }

  @AfterAll
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "it's",
        "'",
        "''; drop table campaign; --",
        "\\",
        "\\'",
        "\\' or true --",
        "a -- b",
        "/* :other */",
        ":other",
        "$1 ? ${x} {first}",
        "\"quoted\"",
        "line\nline\r\n\ttab",
        "zero \0 inside",
        "\0",
        "\0'\0",
        "E'\\x41'",
        "U&'\\0041'",
        "ümläut 漢字 🚗 \u202e",
        "‘’＇ʼ",
        "$$dollar$$"
      })
  void aTextComesBackAsItWas(String text) {
    assertThat(
            store.<String>read(
                db ->
                    db.text("select :text where :text = :text and :other = 'x'")
                        .param("text", text)
                        .param("other", "x")
                        .query(String.class)
                        .single()))
        .isEqualTo(text);
  }

  @Test
  void soDoesAnyText() {
    Random random = new Random(11);
    String parts = "'\"\\\0;-:/*$?{}[]ax1 \n\té漢";
    store.transaction(
        db -> {
          for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            random
                .ints(random.nextInt(12), 0, parts.length())
                .forEach(c -> text.append(parts.charAt(c)));
            // What a text would do that is not quoted, an error apart, is to change its length.
            assertThat(
                    db.text("select :a || '|' || :b")
                        .param("a", text.toString())
                        .param("b", text.reverse().toString())
                        .query(String.class)
                        .single())
                .isEqualTo(new StringBuilder(text).reverse() + "|" + text);
          }
        });
  }

  @Test
  void othersHaveTheirTypes() {
    Map<String, Object> values = new HashMap<>();
    values.put("i", -7);
    values.put("l", Long.MIN_VALUE + 1);
    values.put("b", true);
    values.put("d", -1.5e-300);
    values.put("t", LocalDateTime.parse("1969-12-31T23:59:59.000001999"));
    values.put("far", LocalDateTime.parse("+12345-01-01T00:00:00"));
    values.put("date", LocalDate.parse("2024-02-29"));
    values.put("none", null);

    assertThat(
            store.<String>read(
                db ->
                    db.text(
                            "select concat_ws(' ', 1-:i, typeof(:i), :l, typeof(:l), :b, typeof(:b),"
                                + " :d, typeof(:d), :t, typeof(:t), :far, :date, typeof(:date),"
                                + " :none is null)")
                        .params(values)
                        .query(String.class)
                        .single()))
        .isEqualTo(
            "8 INTEGER -9223372036854775807 BIGINT true BOOLEAN -1.5e-300 DOUBLE"
                + " 1969-12-31 23:59:59.000001 TIMESTAMP 12345-01-01 00:00:00 2024-02-29 DATE true");
  }

  @Test
  void severalAreAList() {
    assertThat(
            store.<List<String>>read(
                db ->
                    db.text("select n from unnest(['a', 'it''s', 'c']) as t(n) where n in (:names)")
                        .param("names", List.of("it's", "c', 'a"))
                        .query(String.class)
                        .list()))
        .containsExactly("it's");
  }

  @Test
  void whatIsInQuotesOrACommentOrACastIsNoParameter() {
    assertThat(
            store.<String>read(
                db ->
                    db.text(
                            "select ':a' || \":a\" || :a::varchar -- it's :b\n"
                                + "from (select 'c' as \":a\")")
                        .param("a", 1)
                        .query(String.class)
                        .single()))
        .isEqualTo(":ac1");
  }

  @Test
  void aParameterWithoutAValueIsRefused() {
    assertThatThrownBy(() -> store.read(db -> db.text("select :a").query(String.class).optional()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no value for :a in select :a");
    assertThatThrownBy(
            () ->
                store.read(
                    db ->
                        db.text("select :a")
                            .param("a", BigDecimal.ONE)
                            .query(String.class)
                            .optional()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "found class java.math.BigDecimal, expected a text, number, boolean or time, or several"
                + " of them");
    assertThatThrownBy(
            () ->
                store.read(
                    db ->
                        db.text("select 1 where 1 in (:a)")
                            .param("a", List.of())
                            .query(Integer.class)
                            .list()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "found no values, expected a text, number, boolean or time, or several of them");
  }

  @Test
  void oneRowIsOneRow() {
    store.transaction(
        db -> {
          SqlStatement none = db.text("select 1 where false");
          SqlStatement two = db.text("select unnest([1, 2])");
          assertThat(none.query(Integer.class).optional()).isEmpty();
          assertThat(two.query(Integer.class).list()).containsExactly(1, 2);
          assertThatThrownBy(() -> none.query(Integer.class).single())
              .isInstanceOf(EmptyResultDataAccessException.class);
          assertThatThrownBy(() -> two.query(Integer.class).optional())
              .isInstanceOf(IncorrectResultSizeDataAccessException.class);
          assertThat(db.text("create temp table few as select unnest([1, 2]) as n").update())
              .isNotNegative();
          assertThat(db.text("delete from few where n = :n").param("n", 2).update()).isEqualTo(1);
        });
  }

  @Test
  void aFailureHasTheStatementWithTheNamesOfItsValues() {
    assertThatThrownBy(
            () ->
                store.read(
                    db ->
                        db.text("select * from nowhere where a = :a")
                            .param("a", "much text")
                            .query(String.class)
                            .list()))
        .isInstanceOf(UncategorizedSQLException.class)
        .hasMessageContaining("SQL [select * from nowhere where a = :a]")
        .hasCauseInstanceOf(SQLException.class);
  }
}
