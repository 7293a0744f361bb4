package convoy.data.campaign;

/** What a person does to an approved campaign. */
public enum ControlAct {
  START("started"),
  PAUSE("paused"),
  RESUME("resumed"),
  /** A wave goes on although its gate holds. */
  ADVANCE("advanced"),
  ABORT("aborted"),
  /** What vehicles were given is taken back. */
  WITHDRAW("withdrawn"),
  /** Vehicles go back to the versions from before. */
  ROLLBACK("rolled back");

  private final String done;

  ControlAct(String done) {
    this.done = done;
  }

  /** What was done, as a word in a sentence. */
  public String done() {
    return done;
  }
}
