package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.cli.client.Target;
import caisson.linux.Terminal;

/**
 * Makes a process's terminal as large as the user's.
 *
 * @param resize what a size is posted to
 */
record SizeFollower(Session session, Target resize) {
  /** Takes over the size of the user's terminal, if there is one. */
  void follow() {
    session.console().screen().size().ifPresent(this::set);
  }

  void set(Terminal.Size size) {
    try {
      session
          .api()
          .post(
              resize
                  .with("h", Integer.toString(size.rows()))
                  .with("w", Integer.toString(size.columns())));
    } catch (CaissonException e) {
      // The process has ended, or does so now: a wrong size bothers nobody any more.
    }
  }
}
