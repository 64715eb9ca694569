package caisson.engine;

import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.Resources;
import java.util.List;
import java.util.Optional;

/**
 * Containers that OCI engines make of bundles (runtime-spec, "Runtime and Lifecycle"). Each is
 * watched over by a process on the host, its monitor, which carries its streams and dies with it.
 */
public interface Bundles {
  /**
   * Makes a container whose process waits to be started.
   *
   * @throws caisson.base.CaissonException CONFLICT if the id is in use
   */
  BundleStatus create(BundleKey key, BundleRequest request);

  /**
   * Lets a created container's process run, after the hooks that are to run in the container.
   *
   * @throws caisson.base.CaissonException CONFLICT if one of them fails, and the container with it
   */
  void start(BundleKey key);

  BundleStatus status(BundleKey key);

  /** All below one root. */
  List<BundleStatus> list(String root);

  /**
   * Sends a signal.
   *
   * @param all to every process of the container, and not only the first
   */
  void kill(BundleKey key, Signal signal, boolean all);

  /**
   * Forgets a container that has stopped.
   *
   * @param force ends it first, and does no harm where there is none
   * @return what it was, if there was one
   */
  Optional<BundleStatus> delete(BundleKey key, boolean force);

  void pause(BundleKey key);

  void resume(BundleKey key);

  void update(BundleKey key, Resources resources);

  /** Its processes in the guest. */
  List<GuestTask> tasks(BundleKey key);

  /** The processes on the host that stand for its processes, its own monitor first. */
  List<Long> monitors(BundleKey key);

  /** What it uses. */
  ContainerStats stats(BundleKey key);

  /** What the container's first process was described as. */
  ProcessSpec process(BundleKey key);

  /**
   * Starts a further process; it runs when this returns.
   *
   * @param monitor the process on the host that stands for it, and with which it ends
   */
  void exec(BundleKey key, ProcessSpec process, long monitor);

  /**
   * Connects a monitor.
   *
   * @param exec the monitor of a further process; empty for the container's own
   * @param stdout how much of standard output it has written
   * @param stderr the same for standard error
   */
  BundleStreams connect(
      BundleKey key, Optional<Long> exec, BundleLink link, long stdout, long stderr);
}
