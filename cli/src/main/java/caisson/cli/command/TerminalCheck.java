package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;

/** Refuses to join a file or a pipe to a terminal's keys: they have no keys. */
final class TerminalCheck {
  private TerminalCheck() {}

  static void requireKeys(Session session) {
    if (!session.console().screen().readsKeys()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "cannot attach stdin to a TTY-enabled container because stdin is not a terminal");
    }
  }
}
