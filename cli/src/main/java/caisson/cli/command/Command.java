package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;

/** What the command line can be told to do. A command holds nothing but its flags. */
public interface Command {
  /** The exit code of a success. */
  int OK = 0;

  /** The exit code of a failure, where it is not a container's. */
  int FAILED = 1;

  Usage usage();

  /**
   * Carries the command out.
   *
   * @return the exit code
   * @throws CaissonException with a sentence for the user
   */
  int run(Session session, Invocation call);

  /** What the user gets to know of an exception that {@link #run} has thrown. */
  default Failure failure(CaissonException e) {
    return Failure.plain(e);
  }
}
