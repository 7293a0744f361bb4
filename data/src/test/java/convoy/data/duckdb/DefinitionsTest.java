package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A row changed by hand in the store must not lead to a manifest: rule 5 of ARCHITECTURE.md. */
class DefinitionsTest extends StoreTest {

  @BeforeEach
  void fill() {
    Samples.register(store, "c", "brakes", "SCHEDULED", 50, Samples.ALL);
  }

  @Test
  void whatWasRegisteredIsUnaltered() {
    assertThat(alteration()).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          update update_image set image_sha256 = 'evil'               => rows of table update_image were altered in the store
          update update_target set to_key = 'z'                       => rows of table update_target were altered in the store
          delete from update_target                                   => rows of table update_target were altered in the store
          insert into update_target select * from update_target       => rows of table update_target were altered in the store
          update update_target set install_group = 9                  => rows of table update_target were altered in the store
          insert into update_condition values ('brakes', '1.0.0', 'REQUIRES', 1, 'X', '*') => rows of table update_condition were altered in the store
          update update_definition set allow_downgrade = true         => rows of table update_definition were altered in the store
          update update_range set low_key = null                      => rows of table update_range were altered in the store
          update update_definition set models = []                    => rows of table update_definition were altered in the store
          update campaign set priority = 100                          => rows of table campaign were altered in the store
          update campaign set regions = ['DE']                        => rows of table campaign were altered in the store
          update campaign set definition = replace(definition, '50', '51') => the definition of campaign c was altered in the store
          update update_definition set definition = definition || ' ' => the definition of update brakes was altered in the store
          update update_definition set definition = definition || ' ', digest = sha256(definition || ' ') => campaign c was registered with another content of update brakes
          delete from update_definition                               => update brakes 1.0.0 is not registered
          """)
  void anAlteredRowShows(String attack, String expected) {
    store.transaction(db -> db.text(attack).update());

    assertThat(alteration()).isEqualTo(expected);
  }

  /** What turns a definition into rows is the program's: the file has no say in it. */
  @Test
  void aMacroThatIsPutIntoTheStoreHidesNoAlteredRow() {
    store.transaction(
        db -> {
          db.text(
                  "create or replace macro defined_campaign(definition_text) as table select"
                      + " * exclude (definition, digest, state, state_reason, created_at, state_at)"
                      + " from campaign")
              .update();
          db.text("update campaign set priority = 100").update();
        });

    assertThat(alteration()).isEqualTo("rows of table campaign were altered in the store");
  }

  @Test
  void aWithdrawnUpdateStaysSoThoughItsRowIsChangedBack() {
    assertThat(Updates.withdraw(store, "brakes", "1.0.0", "wrong image", Fleet.NOW))
        .containsExactly("c");
    assertThat(alteration()).isEqualTo("update brakes 1.0.0 was withdrawn: wrong image");
    Campaigns.Campaign campaign = Campaigns.find(store, "c").orElseThrow();
    assertThat(campaign.state() + ", " + campaign.stateReason())
        .isEqualTo("PAUSED, update brakes 1.0.0 was withdrawn: wrong image");

    store.transaction(db -> db.text("update update_definition set withdrawn_at = null").update());

    assertThat(alteration())
        .isEqualTo("update brakes 1.0.0 was withdrawn, which was altered in the store");
  }

  private String alteration() {
    return Definitions.alteration(store, Campaigns.find(store, "c").orElseThrow()).orElse("none");
  }
}
