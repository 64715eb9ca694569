package caisson.engine;

import caisson.base.ByteSize;
import caisson.base.ContainerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The containers, from creation to removal. */
public interface Containers {
  /**
   * Records a container; durable when this returns. Volumes that its mounts name ({@link
   * VolumeMount}) are made if they are not there.
   *
   * @param id a new one, chosen by the front end because its documents may name it
   */
  void create(ContainerId id, ContainerRequest request);

  /**
   * Finds a container by full id, name (with or without a leading slash) or unambiguous id prefix.
   *
   * @throws caisson.base.CaissonException NOT_FOUND, or INVALID_ARGUMENT for an ambiguous prefix
   */
  ContainerId resolve(String nameOrId);

  /** The container as it is now. */
  Container inspect(ContainerId id);

  /** All containers, newest first. */
  List<Container> list();

  /** What the container, without its image, takes on this host's disk. */
  ByteSize diskUsage(ContainerId id);

  /** Starts the container's process; returns when it runs. NOT_MODIFIED if it already does. */
  void start(ContainerId id);

  /**
   * Sends {@code signal} (the container's own stop signal if empty), waits for {@code grace} (the
   * container's own if empty; negative waits for ever) and kills. NOT_MODIFIED if nothing runs.
   */
  void stop(ContainerId id, Optional<Signal> signal, Optional<Duration> grace);

  /** {@link #stop} if it runs, then {@link #start}. */
  void restart(ContainerId id, Optional<Signal> signal, Optional<Duration> grace);

  /** Sends a signal to the container's first process. CONFLICT if it does not run. */
  void kill(ContainerId id, Signal signal);

  /** Gives the container another name; durable when this returns. CONFLICT if that is taken. */
  void rename(ContainerId id, String name);

  /** Stops its processes and its machine's CPUs. CONFLICT if it does not run or is paused. */
  void pause(ContainerId id);

  /** Lets a paused container go on; its clock is right then. CONFLICT if it is not paused. */
  void unpause(ContainerId id);

  /**
   * Changes limits and restart policy; durable when this returns. Limits that the machine of a
   * running container cannot hold are refused as a CONFLICT.
   */
  void update(ContainerId id, ContainerUpdate update);

  /** What it uses now; empty if it does not run. */
  Optional<ContainerStats> stats(ContainerId id);

  /** Its processes. CONFLICT if it does not run or is paused. */
  List<GuestTask> tasks(ContainerId id);

  /**
   * Removes the container and everything that belongs to it. CONFLICT if it runs, unless forced.
   *
   * @param volumes whether that includes its anonymous volumes, those that no other container uses
   */
  void remove(ContainerId id, boolean force, boolean volumes);

  /**
   * Tells those who follow events what a front end has done with a container.
   *
   * @param action Docker's word for it
   */
  void report(ContainerId id, String action, Map<String, String> attributes);

  /** Opens the container's files; for one that does not run a guest is started. */
  ContainerFiles files(ContainerId id);

  /** Sets the size of the container's terminal. CONFLICT if it does not run. */
  void resize(ContainerId id, TerminalSize size);

  /** Joins the container's streams, before or after its start. */
  Attachment attach(ContainerId id, AttachOptions options);

  /** Starts watching for an exit; registered when this returns. */
  ExitWatch watch(ContainerId id, WaitCondition condition);

  /** Reads the container's log. */
  LogReader logs(ContainerId id, LogQuery query);
}
