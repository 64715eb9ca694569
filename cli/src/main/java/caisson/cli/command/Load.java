package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;

/** {@code load}: the images of an archive. */
public final class Load implements Command {
  private static final Flag<String> INPUT =
      Flag.text("i", "input", "Read from tar archive file, instead of STDIN");
  private static final Flag<Boolean> QUIET = Flag.toggle("q", "quiet", "Suppress the load output");

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS]", "Load an image from a tar archive or STDIN", Arity.NONE, INPUT, QUIET);
  }

  @Override
  public int run(Session session, Invocation call) {
    var file = call.get(INPUT);
    if (file.isEmpty() && session.console().screen().readsKeys()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "requested load from stdin, but stdin is empty");
    }
    boolean quiet = call.get(QUIET) || !session.console().screen().shows();
    var target = Target.of("images", "load").with("quiet", quiet);
    return Upload.send(session, target, file.isEmpty() ? "-" : file);
  }
}
