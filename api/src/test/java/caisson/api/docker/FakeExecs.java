package caisson.api.docker;

import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.AttachOptions;
import caisson.engine.Attachment;
import caisson.engine.Exec;
import caisson.engine.ExecId;
import caisson.engine.ExecRequest;
import caisson.engine.Execs;
import caisson.engine.TerminalSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/** Execs whose processes do what the test says; a command called nosuch cannot start. */
public final class FakeExecs implements Execs {
  public final List<String> calls = new ArrayList<>();
  private final Map<ExecId, FakeProcess> processes = new LinkedHashMap<>();
  private final FakeContainers containers;
  private final Map<ExecId, Exec> execs = new LinkedHashMap<>();

  FakeExecs(FakeContainers containers) {
    this.containers = containers;
  }

  @Override
  public synchronized ExecId create(ContainerId container, ExecRequest request) {
    if (!containers.inspect(container).state().running()) {
      throw new CaissonException(ErrorCode.CONFLICT, "Container is not running");
    }
    var id = ExecId.random();
    execs.put(id, new Exec(id, container, request, false, 0, OptionalInt.empty()));
    processes.put(id, new FakeProcess(() -> exit(id, 0)));
    return id;
  }

  public FakeProcess process(ExecId id) {
    return Objects.requireNonNull(processes.get(id));
  }

  public synchronized void exit(ExecId id, int code) {
    var old = inspect(id);
    execs.put(id, new Exec(id, old.container(), old.request(), false, 12, OptionalInt.of(code)));
    process(id).end();
  }

  @Override
  public synchronized Exec inspect(ExecId id) {
    var exec = execs.get(id);
    if (exec == null) {
      throw new CaissonException(ErrorCode.NOT_FOUND, "No such exec instance: " + id);
    }
    return exec;
  }

  @Override
  public synchronized List<ExecId> of(ContainerId container) {
    return List.copyOf(execs.keySet());
  }

  @Override
  public synchronized Attachment start(ExecId id, AttachOptions options) {
    calls.add("start " + options);
    if (inspect(id).request().process().args().contains("nosuch")) {
      exit(id, 127);
      throw new CaissonException(ErrorCode.COMMAND_NOT_FOUND, "exec nosuch failed");
    }
    return process(id).attach();
  }

  @Override
  public synchronized void startDetached(ExecId id) {
    inspect(id);
    calls.add("detached");
  }

  @Override
  public synchronized void resize(ExecId id, TerminalSize size) {
    calls.add("resize " + size);
  }
}
