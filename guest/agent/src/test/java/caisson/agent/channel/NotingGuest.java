package caisson.agent.channel;

import caisson.guest.protocol.Command;
import java.util.ArrayList;
import java.util.List;

/** A guest that notes what it is asked and answers when the test says so, or at once. */
final class NotingGuest implements Guest {
  final List<Command> commands = new ArrayList<>();
  final List<Answer> open = new ArrayList<>();
  final List<String> complaints = new ArrayList<>();
  boolean answers = true;
  long now;

  @Override
  public void handle(Command command, Answer answer) {
    commands.add(command);
    if (answers) {
      answer.done();
    } else {
      open.add(answer);
    }
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public void complain(String message) {
    complaints.add(message);
  }
}
