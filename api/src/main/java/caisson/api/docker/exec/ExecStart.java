package caisson.api.docker.exec;

import caisson.api.docker.AttachedClient;
import caisson.api.docker.DetachKeys;
import caisson.api.docker.JsonAnswer;
import caisson.api.docker.OutputFormat;
import caisson.api.docker.TerminalSizes;
import caisson.api.http.ErrorMapping;
import caisson.api.http.Exchange;
import caisson.api.wire.CreateExec;
import caisson.api.wire.StartExec;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.AttachOptions;
import caisson.engine.Attachment;
import caisson.engine.ExecId;
import caisson.engine.Execs;
import caisson.engine.Output;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code POST /exec/ID/start}. */
final class ExecStart {
  private final Execs execs;

  ExecStart(Execs execs) {
    this.execs = execs;
  }

  void handle(Exchange exchange) throws IOException, InterruptedException {
    var id = ExecEndpoints.id(exchange);
    var start = JsonAnswer.body(exchange, StartExec.class);
    if (start.detach()) {
      execs.startDetached(id);
      exchange.answer(HttpURLConnection.HTTP_OK);
      return;
    }
    var asked = ExecDocument.read(execs.inspect(id));
    var format = OutputFormat.of(asked.tty());
    Attachment attachment;
    try {
      attachment = attach(id, asked, start);
    } catch (CaissonException e) {
      tell(exchange, format, e);
      return;
    }
    join(exchange, asked, format, attachment);
  }

  private Attachment attach(ExecId id, CreateExec asked, StartExec start) {
    var size = start.consoleSize().or(asked::consoleSize).flatMap(TerminalSizes::of);
    return execs.start(
        id,
        new AttachOptions(
            asked.attachStdin(), asked.attachStdout(), asked.attachStderr(), false, size));
  }

  private static void join(
      Exchange exchange, CreateExec asked, OutputFormat format, Attachment attachment)
      throws IOException, InterruptedException {
    var keys =
        asked.tty()
            ? Optional.of(DetachKeys.parse(asked.detachKeys()))
            : Optional.<DetachKeys>empty();
    var input = new AttachedClient.Input(!asked.tty(), keys);
    try (attachment) {
      var connection = exchange.hijack(format.contentType(exchange.version()));
      new AttachedClient(connection, attachment, format)
          .serve(asked.attachStdin() ? Optional.of(input) : Optional.empty());
    }
  }

  /**
   * A command that cannot be executed is told as output, as dockerd does: its clients then ask for
   * the exit code, which an error in place of the streams would keep them from.
   */
  private static void tell(Exchange exchange, OutputFormat format, CaissonException error)
      throws IOException {
    boolean command =
        error.code() == ErrorCode.COMMAND_NOT_FOUND
            || error.code() == ErrorCode.COMMAND_NOT_EXECUTABLE;
    if (!command) {
      throw error;
    }
    byte[] text = (ErrorMapping.message(error) + "\r\n").getBytes(StandardCharsets.UTF_8);
    exchange
        .hijack(format.contentType(exchange.version()))
        .output()
        .write(format.encode(Output.Source.STDOUT, text));
  }
}
