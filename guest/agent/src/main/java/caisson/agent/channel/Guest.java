package caisson.agent.channel;

import caisson.guest.protocol.Command;

/** What the channel makes happen in the guest. */
public interface Guest {
  /**
   * Carries out a command, at once or later.
   *
   * @throws RuntimeException if it cannot; told to the host
   */
  void handle(Command command, Answer answer);

  /** Nanoseconds on a clock that only goes forward. */
  long now();

  /** Something is wrong that nobody can be told of but whoever reads the console. */
  void complain(String message);
}
