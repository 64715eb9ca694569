package caisson.cli.command;

import caisson.cli.flag.Arity;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import java.util.function.UnaryOperator;

/** {@code completion}: a script with which a shell completes command lines. */
public final class Completion implements Command {
  private final UnaryOperator<String> script;

  /**
   * A command that prints scripts.
   *
   * @param script the script for a shell
   */
  public Completion(UnaryOperator<String> script) {
    this.script = script;
  }

  @Override
  public Usage usage() {
    return Usage.of(
        "SHELL",
        "Output shell completion code for the specified shell (bash, zsh or fish)",
        Arity.exactly(1));
  }

  @Override
  public int run(Session session, Invocation call) {
    session.console().print(script.apply(call.first()).stripTrailing());
    return OK;
  }
}
