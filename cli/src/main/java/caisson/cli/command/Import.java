package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import java.util.List;

/** {@code import}: an image of one layer, made of the archive of a file system. */
public final class Import implements Command {
  private static final Flag<List<String>> CHANGE =
      Flag.list("c", "change", "Apply Dockerfile instruction to the created image");
  private static final Flag<String> MESSAGE =
      Flag.text("m", "message", "Set commit message for imported image");

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] file|- [REPOSITORY[:TAG]]",
        "Import the contents from a tarball to create a filesystem image",
        new Arity(1, 2),
        CHANGE,
        MESSAGE);
  }

  @Override
  public int run(Session session, Invocation call) {
    var source = call.first();
    if (source.startsWith("http://") || source.startsWith("https://")) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED,
          "cannot import from a URL: download " + source + " and import the file");
    }
    var target =
        Target.of("images", "create")
            .with("fromSrc", "-")
            .withText("repo", call.rest().isEmpty() ? "" : call.rest().getFirst())
            .withText("message", call.get(MESSAGE))
            .withAll("changes", call.get(CHANGE));
    return Upload.send(session, target, source);
  }
}
