package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.AttachOptions;
import caisson.engine.Attachment;
import caisson.engine.Exec;
import caisson.engine.ExecId;
import caisson.engine.ExecRequest;
import caisson.engine.Output.Source;
import caisson.engine.TerminalSize;
import caisson.engine.sandbox.GuestProcess;
import caisson.engine.sandbox.ProcessEvents;
import caisson.oci.runtime.ConsoleSize;
import caisson.oci.runtime.ProcessSpec;
import java.util.Optional;
import java.util.OptionalInt;

/** One further process. Its output is kept nowhere: it goes to whoever is attached. */
final class LocalExec implements ProcessEvents {
  private final ExecId id;
  private final LocalContainer container;
  private final ExecRequest request;
  private final ProcessStreams streams;
  private boolean used;
  private volatile Optional<GuestProcess> process = Optional.empty();
  private volatile OptionalInt exitCode = OptionalInt.empty();

  LocalExec(ExecId id, LocalContainer container, ExecRequest request) {
    this.id = id;
    this.container = container;
    this.request = request;
    this.streams = new ProcessStreams(OutputKeeper.NOWHERE, !request.process().terminal());
  }

  ExecId id() {
    return id;
  }

  LocalContainer container() {
    return container;
  }

  ExecRequest request() {
    return request;
  }

  Exec snapshot() {
    var started = process;
    boolean running = started.isPresent() && exitCode.isEmpty();
    int pid = started.map(GuestProcess::pid).orElse(0);
    return new Exec(id, container.id(), request, running, pid, exitCode);
  }

  Attachment attach(AttachOptions options) {
    return streams.attach(options.stdin(), options.stdout(), options.stderr());
  }

  /**
   * Starts the process.
   *
   * @param size of the terminal that is attached, if there is one
   */
  void start(Optional<TerminalSize> size) {
    synchronized (this) {
      if (used) {
        throw new CaissonException(
            ErrorCode.CONFLICT, "Exec " + id + " has already been started; create another");
      }
      used = true;
    }
    try {
      var started = container.requireSandbox().exec(process(size), request.openStdin(), this);
      process = Optional.of(started);
      streams.started(new GuestStdin(started));
    } catch (CaissonException e) {
      exitCode = OptionalInt.of(StartCodes.of(e.code()));
      streams.end();
      throw e;
    }
  }

  /** The process has its size from the beginning: it may look at once, and be gone soon. */
  private ProcessSpec process(Optional<TerminalSize> size) {
    var spec = request.process();
    return size.map(cells -> spec.withConsole(new ConsoleSize(cells.rows(), cells.columns())))
        .orElse(spec);
  }

  void resize(TerminalSize size) {
    process
        .orElseThrow(
            () -> new CaissonException(ErrorCode.CONFLICT, "Exec " + id + " is not running"))
        .resize(size);
  }

  @Override
  public void output(Source source, byte[] bytes) throws InterruptedException {
    streams.output(source, bytes);
  }

  @Override
  public void exited() {
    streams.exited();
  }

  @Override
  public void ended(End end) {
    exitCode = OptionalInt.of(end.code());
    streams.end();
  }
}
