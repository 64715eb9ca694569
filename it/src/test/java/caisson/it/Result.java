package caisson.it;

import java.nio.charset.StandardCharsets;

/** What a command has printed and how it ended. */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Result(int code, byte[] outBytes, byte[] errBytes) {
  /** Standard output, without the line feed at its end. */
  String out() {
    return new String(outBytes, StandardCharsets.UTF_8).stripTrailing();
  }

  /** Standard error, without the line feed at its end. */
  String err() {
    return new String(errBytes, StandardCharsets.UTF_8).stripTrailing();
  }

  /** The command has succeeded. */
  Result ok() {
    if (code != 0) {
      throw new AssertionError("exit code " + this);
    }
    return this;
  }

  @Override
  public String toString() {
    return code + "\n--- standard output\n" + out() + "\n--- standard error\n" + err();
  }
}
