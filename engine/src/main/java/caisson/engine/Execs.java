package caisson.engine;

import caisson.base.ContainerId;

/** Further processes in running containers. */
public interface Execs {
  /** Records an exec; CONFLICT if the container does not run. */
  ExecId create(ContainerId container, ExecRequest request);

  /** NOT_FOUND if there is no such exec (they are forgotten with their container). */
  Exec inspect(ExecId id);

  /** All execs of one container that have not been forgotten. */
  java.util.List<ExecId> of(ContainerId container);

  /**
   * Starts the exec's process with the streams joined. The process has started when this returns; a
   * command that cannot be executed is COMMAND_NOT_FOUND or COMMAND_NOT_EXECUTABLE.
   */
  Attachment start(ExecId id, AttachOptions options);

  /** Starts the exec's process with no streams. */
  void startDetached(ExecId id);

  /** Sets the size of the exec's terminal. */
  void resize(ExecId id, TerminalSize size);
}
