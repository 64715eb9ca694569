package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Asks before something is done that cannot be undone. */
final class Confirmation {
  private Confirmation() {}

  /**
   * Asks whether to go on.
   *
   * @throws CaissonException if the answer is anything but y
   */
  static void require(Session session, String warning, String what) {
    var console = session.console();
    console
        .out()
        .write(
            (warning + "\nAre you sure you want to continue? [y/N] ")
                .getBytes(StandardCharsets.UTF_8));
    if (!answer(session).strip().equalsIgnoreCase("y")) {
      throw new CaissonException(ErrorCode.INVALID_ARGUMENT, what + " has been cancelled");
    }
  }

  private static String answer(Session session) {
    try {
      var in = new InputStreamReader(session.console().in(), StandardCharsets.UTF_8);
      return Objects.requireNonNullElse(new BufferedReader(in).readLine(), "");
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.INTERNAL, "cannot read the answer: " + e, e);
    }
  }
}
