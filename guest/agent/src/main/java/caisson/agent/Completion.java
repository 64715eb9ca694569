package caisson.agent;

import caisson.guest.protocol.Outcome;

/** Is told, once, how something went that took its time. */
interface Completion {
  void end(Outcome outcome, String message);
}
