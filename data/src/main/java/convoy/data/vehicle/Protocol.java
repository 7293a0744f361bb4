package convoy.data.vehicle;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The in-vehicle network over which an ECU is reached. */
public enum Protocol {
  CAN("HS CAN", "CAN HS"),
  CAN_FD,
  LIN,
  FLEXRAY,
  MOST,
  ETHERNET("DoIP", "Automotive Ethernet", "100BASE-T1", "1000BASE-T1");

  private static final Map<String, Protocol> BY_NAME =
      Names.table(values(), protocol -> protocol.synonyms);

  @SuppressWarnings("ImmutableEnumChecker") // always a List.of
  private final List<String> synonyms;

  Protocol(String... synonyms) {
    this.synonyms = List.of(synonyms);
  }

  /** The protocol of that name or synonym, without regard to case, spaces and dashes. */
  public static Optional<Protocol> find(String name) {
    return Optional.ofNullable(BY_NAME.get(Names.normal(name)));
  }
}
