package convoy.data.vehicle;

/** The in-vehicle network over which an ECU is reached. */
public enum Protocol {
  CAN,
  CAN_FD,
  LIN,
  FLEXRAY,
  MOST,
  ETHERNET
}
