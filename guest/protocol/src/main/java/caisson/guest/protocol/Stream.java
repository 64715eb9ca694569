package caisson.guest.protocol;

/** A stream of a process. */
public enum Stream {
  /** Host to guest. */
  STDIN(0),
  /** Guest to host; all output of a terminal. */
  STDOUT(1),
  /** Guest to host. */
  STDERR(2);

  private final int number;

  Stream(int number) {
    this.number = number;
  }

  /** Its number on the wire, which is its descriptor's. */
  public int number() {
    return number;
  }

  static Stream of(int number) {
    return switch (number) {
      case 0 -> STDIN;
      case 1 -> STDOUT;
      case 2 -> STDERR;
      default -> throw new ProtocolException("there is no stream " + number);
    };
  }
}
