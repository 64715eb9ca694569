package caisson.guest.protocol;

import java.util.List;

/** What the host asks of the agent. */
public sealed interface Command {
  /** Answers; does nothing. */
  record Ping() implements Command {}

  /**
   * Gives the guest what no two guests may share.
   *
   * @param clock nanoseconds since 1970
   * @param entropy credited to the kernel's pool, which is then reseeded; may be empty
   * @param gateways at most one address of each of IPv4 and IPv6
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Configure(
      String hostName,
      long clock,
      byte[] entropy,
      List<Interface> interfaces,
      List<String> gateways)
      implements Command {}

  /**
   * A network interface.
   *
   * @param mac six hexadecimal octets with colons, or empty to leave it
   * @param addresses of IPv4 and IPv6, each with its prefix length, 10.0.2.100/24
   */
  record Interface(String name, String mac, List<String> addresses, int mtu) {}

  /**
   * Mounts the writable disk with that serial number ahead, for the container that will have it.
   */
  record MountDisk(String serial) implements Command {}

  /** Makes a container; answers its process id in the guest (i32). */
  record CreateContainer(ContainerSetup container) implements Command {}

  /**
   * Makes a container that shares namespaces with others of this guest; answers its process id in
   * the guest (i32). Network they all share.
   */
  record JoinContainer(ContainerSetup container, List<SharedNamespaces> shared)
      implements Command {}

  /**
   * Namespaces of a container that is there.
   *
   * @param namespaces of CLONE_NEWUTS, CLONE_NEWIPC and CLONE_NEWPID (sched.h)
   */
  record SharedNamespaces(String container, int namespaces) {}

  /** Lets a container that was made without start run. */
  record StartContainer(String container) implements Command {}

  /** Starts a further process in a container; answers its process id in the guest (i32). */
  record Exec(String container, int process, ProcessSetup setup) implements Command {}

  /**
   * Does something with a container's files, by a process of the agent's own whose streams are the
   * host's; answers its process id in the guest (i32).
   */
  record Archive(String container, int process, ArchiveSetup setup) implements Command {}

  /** Sends a signal to a process or, with {@code all}, to every process of its container. */
  record Signal(int process, int number, boolean all) implements Command {}

  /** Sets the size of a process's terminal. */
  record Resize(int process, int rows, int columns) implements Command {}

  /** Changes a container's limits. */
  record UpdateLimits(String container, LimitsSetup limits) implements Command {}

  /** Kills what is left of a container and unmounts its file systems. */
  record DeleteContainer(String container) implements Command {}

  /** Answers {@link ContainerUsage}. */
  record Usage(String container) implements Command {}

  /** Stops all processes of a container, or lets them go on. */
  record Freeze(String container, boolean frozen) implements Command {}

  /** Answers the container's processes, a list of {@link Task}. */
  record Tasks(String container) implements Command {}

  /** Writes everything to the disks and ends the machine; the answer may be lost. */
  record Shutdown() implements Command {}
}
