package caisson.engine.local;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The further processes, forgotten with their containers. */
final class LocalExecs implements Execs {
  private final ContainerTable table;
  private final LifeEvents events;
  private final Map<ExecId, LocalExec> execs = new ConcurrentHashMap<>();

  LocalExecs(ContainerTable table, LifeEvents events) {
    this.table = table;
    this.events = events;
  }

  @Override
  public ExecId create(ContainerId id, ExecRequest request) {
    var container = table.get(id);
    container.requireSandbox();
    var exec = new LocalExec(ExecId.random(), container, request);
    execs.put(exec.id(), exec);
    events.publish(
        container, "exec_create: " + String.join(" ", request.process().args()), Map.of());
    return exec.id();
  }

  @Override
  public Exec inspect(ExecId id) {
    return find(id).snapshot();
  }

  @Override
  public List<ExecId> of(ContainerId container) {
    return execs.values().stream()
        .filter(exec -> exec.container().id().equals(container))
        .map(LocalExec::id)
        .toList();
  }

  @Override
  public Attachment start(ExecId id, AttachOptions options) {
    var exec = find(id);
    var attachment = exec.attach(options);
    try {
      start(exec, options.size());
    } catch (CaissonException e) {
      attachment.close();
      throw e;
    }
    return attachment;
  }

  @Override
  public void startDetached(ExecId id) {
    start(find(id), Optional.empty());
  }

  private void start(LocalExec exec, Optional<TerminalSize> size) {
    exec.start(size);
    events.publish(
        exec.container(),
        "exec_start: " + String.join(" ", exec.request().process().args()),
        Map.of("execID", exec.id().value()));
  }

  @Override
  public void resize(ExecId id, TerminalSize size) {
    find(id).resize(size);
  }

  /** Forgets the execs of a container that was removed. */
  void forget(ContainerId container) {
    execs.values().removeIf(exec -> exec.container().id().equals(container));
  }

  private LocalExec find(ExecId id) {
    var found = execs.get(id);
    if (found == null) {
      throw new CaissonException(ErrorCode.NOT_FOUND, "No such exec instance: " + id);
    }
    return found;
  }
}
