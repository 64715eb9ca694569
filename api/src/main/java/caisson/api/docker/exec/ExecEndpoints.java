package caisson.api.docker.exec;

import caisson.api.docker.DetachKeys;
import caisson.api.docker.JsonAnswer;
import caisson.api.docker.TerminalSizes;
import caisson.api.http.BadRequest;
import caisson.api.http.Exchange;
import caisson.api.wire.CreateExec;
import caisson.api.wire.Created;
import caisson.api.wire.ExecDetails;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Engine;
import caisson.engine.Exec;
import caisson.engine.ExecId;
import caisson.engine.ExecRequest;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/** Creates, inspects and resizes execs. */
final class ExecEndpoints {
  private final Engine engine;

  ExecEndpoints(Engine engine) {
    this.engine = engine;
  }

  void create(Exchange exchange) throws IOException {
    var asked = JsonAnswer.body(exchange, CreateExec.class);
    if (asked.cmd().isEmpty()) {
      throw BadRequest.of("No exec command specified");
    }
    DetachKeys.parse(asked.detachKeys());
    var container = engine.containers().inspect(engine.containers().resolve(exchange.path("id")));
    var process = ExecProcess.of(asked, container.request().spec().process().orElseThrow());
    var request = new ExecRequest(process, asked.attachStdin(), ExecDocument.write(asked));
    var id = engine.execs().create(container.id(), request);
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_CREATED, new Created(id.value()));
  }

  void resize(Exchange exchange) throws IOException {
    engine.execs().resize(id(exchange), TerminalSizes.of(exchange.query()));
    exchange.answer(HttpURLConnection.HTTP_OK);
  }

  void inspect(Exchange exchange) throws IOException {
    var exec = engine.execs().inspect(id(exchange));
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, details(exec));
  }

  private static ExecDetails details(Exec exec) {
    var asked = ExecDocument.read(exec);
    var code = exec.exitCode();
    return new ExecDetails(
        exec.id().value(),
        exec.running(),
        code.isPresent() ? Optional.of(code.getAsInt()) : Optional.empty(),
        process(asked),
        asked.attachStdin(),
        asked.attachStdout(),
        asked.attachStderr(),
        false,
        exec.container().value(),
        asked.detachKeys(),
        exec.pid());
  }

  private static ExecDetails.ExecProcess process(CreateExec asked) {
    List<String> arguments = asked.cmd().subList(1, asked.cmd().size());
    return new ExecDetails.ExecProcess(
        asked.tty(), asked.cmd().getFirst(), arguments, asked.privileged(), asked.user());
  }

  /** The exec a path names; what is not even an id names none. */
  static ExecId id(Exchange exchange) {
    var text = exchange.path("id");
    try {
      return new ExecId(text);
    } catch (CaissonException e) {
      throw new CaissonException(ErrorCode.NOT_FOUND, "No such exec instance: " + text, e);
    }
  }
}
