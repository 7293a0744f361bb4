package convoy.data.campaign;

import convoy.data.update.DefinitionChecks;

/**
 * An ordered part of a campaign's vehicles, as the author plans it.
 *
 * @param name lower-case letters, digits and dashes, such as {@code canary}
 */
public record WaveRule(String name, WaveSize size) {
  public WaveRule {
    DefinitionChecks.name("name", name);
  }
}
