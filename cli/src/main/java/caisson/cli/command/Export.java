package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.ApiClient;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code export}: a container's whole file system as a tar archive. */
public final class Export implements Command {
  private static final Flag<String> OUTPUT =
      Flag.text("o", "output", "Write to a file, instead of STDOUT");

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] CONTAINER",
        "Export a container's filesystem as a tar archive",
        Arity.exactly(1),
        OUTPUT);
  }

  @Override
  public int run(Session session, Invocation call) {
    var file = call.get(OUTPUT);
    if (file.isEmpty() && session.console().screen().shows()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "cowardly refusing to save to a terminal. Use the -o flag or redirect");
    }
    var target = ContainerTarget.of(call.first(), "export");
    try (var answer = session.api().open("GET", target, Optional.empty())) {
      if (file.isEmpty()) {
        Download.copy(answer.body(), session.console().out());
      } else {
        Download.save(answer, Path.of(file));
      }
      return OK;
    } catch (IOException e) {
      throw ApiClient.lost(e);
    }
  }
}
