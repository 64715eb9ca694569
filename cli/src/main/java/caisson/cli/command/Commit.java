package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import java.util.List;

/** {@code commit}: an image of what a container has changed. */
public final class Commit implements Command {
  private static final Flag<String> AUTHOR =
      Flag.text("a", "author", "Author (e.g., \"John Hannibal Smith <hannibal@a-team.com>\")");
  private static final Flag<List<String>> CHANGE =
      Flag.list("c", "change", "Apply Dockerfile instruction to the created image");
  private static final Flag<String> MESSAGE = Flag.text("m", "message", "Commit message");
  private static final Flag<Boolean> PAUSE =
      Flag.toggle("p", "pause", "Pause container during commit", true);

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] CONTAINER [REPOSITORY[:TAG]]",
        "Create a new image from a container's changes",
        new Arity(1, 2),
        AUTHOR,
        CHANGE,
        MESSAGE,
        PAUSE);
  }

  @Override
  public int run(Session session, Invocation call) {
    var target =
        Target.of("commit")
            .with("container", call.first())
            .withText("repo", call.rest().isEmpty() ? "" : call.rest().getFirst())
            .withText("author", call.get(AUTHOR))
            .withText("comment", call.get(MESSAGE))
            .withAll("changes", call.get(CHANGE))
            .with("pause", call.get(PAUSE) ? "1" : "0");
    session.console().print(session.api().post(target).at("Id").text());
    return OK;
  }
}
