package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;

/** {@code tag}: a further name for an image. */
public final class Tag implements Command {
  @Override
  public Usage usage() {
    return Usage.of(
        "SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
        "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE",
        Arity.exactly(2));
  }

  @Override
  public int run(Session session, Invocation call) {
    var name = call.rest().getFirst();
    int colon = name.lastIndexOf(':');
    boolean tagged = colon > name.lastIndexOf('/');
    session
        .api()
        .post(
            Target.of("images", call.first(), "tag")
                .with("repo", tagged ? name.substring(0, colon) : name)
                .withText("tag", tagged ? name.substring(colon + 1) : ""));
    return OK;
  }
}
