package convoy.data.update;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.vehicle.Rxswin;
import java.util.List;

/**
 * What an update means for the vehicles' type approval (UN Regulation No. 156, paragraphs 7.1.1.4
 * and 7.1.1.8).
 *
 * @param relevant whether it changes what a type approval rests on
 * @param rxswins the RX Software Identification Numbers that it changes; at least one when it is
 *     relevant, else none
 */
public record TypeApproval(boolean relevant, List<String> rxswins) {
  public static final TypeApproval NOT_RELEVANT = new TypeApproval(false, List.of());

  public TypeApproval {
    rxswins = List.copyOf(rxswins);
    DefinitionChecks.distinct("rxswins", rxswins);
    for (String rxswin : rxswins) {
      check(Rxswin.isWellFormed(rxswin), "rxswins", rxswin, Rxswin.EXPECTED);
    }
    check(
        !relevant || !rxswins.isEmpty(),
        "rxswins",
        rxswins,
        "one or more, since the update is relevant to the type approval");
    check(
        relevant || rxswins.isEmpty(),
        "rxswins",
        rxswins,
        "none, since the update is not relevant to the type approval");
  }
}
