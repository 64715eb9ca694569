package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.output.ProgressDisplay;

/** {@code pull}: an image from a registry. */
public final class Pull implements Command {
  private static final Flag<Boolean> ALL_TAGS =
      Flag.toggle("a", "all-tags", "Download all tagged images in the repository (not supported)");
  private static final Flag<String> PLATFORM =
      Flag.text("", "platform", "Set platform if server is multi-platform capable");
  private static final Flag<Boolean> QUIET = Flag.toggle("q", "quiet", "Suppress verbose output");

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] NAME[:TAG|@DIGEST]",
        "Download an image from a registry",
        Arity.exactly(1),
        ALL_TAGS,
        PLATFORM,
        QUIET);
  }

  @Override
  public int run(Session session, Invocation call) {
    if (call.get(ALL_TAGS)) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED, "--all-tags is not supported: pull each tag by its name");
    }
    var console = session.console();
    var image = call.first();
    boolean quiet = call.get(QUIET);
    if (!quiet && !ImagePull.withTag(image).equals(image)) {
      console.print("Using default tag: latest");
    }
    var display =
        quiet
            ? ProgressDisplay.silent()
            : new ProgressDisplay(console.out(), console.screen().shows());
    new ImagePull(session, image, call.get(PLATFORM)).run(display);
    console.print(ImagePull.fullName(image));
    return OK;
  }
}
