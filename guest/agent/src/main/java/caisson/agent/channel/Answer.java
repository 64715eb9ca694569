package caisson.agent.channel;

import caisson.guest.protocol.Encoder;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Outcome;

/** How one request is answered: once, now or later. */
public final class Answer {
  /** What the host is told in words is cut here, in characters. */
  static final int MAX_MESSAGE = 2048;

  private final Responses responses;
  private final int id;
  private boolean given;

  Answer(Responses responses, int id) {
    this.responses = responses;
    this.id = id;
  }

  /** It went well. */
  public void done() {
    done(new byte[0]);
  }

  /** It went well, and this is what came of it. */
  public void done(byte[] body) {
    give(Outcome.OK, "", body);
  }

  /** It went well; the answer is a process id. */
  public void done(int pid) {
    done(new Encoder().i32(pid).toBytes());
  }

  /** How it went, in words if not well. */
  public void end(Outcome outcome, String message) {
    String words = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message;
    give(outcome, words, new byte[0]);
  }

  private void give(Outcome outcome, String message, byte[] body) {
    if (!given) {
      given = true;
      responses.finish(new Message.Response(id, outcome, message, body));
    }
  }
}
