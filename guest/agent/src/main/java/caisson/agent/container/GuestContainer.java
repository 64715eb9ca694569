package caisson.agent.container;

import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.ContainerUsage;
import caisson.guest.protocol.LimitsSetup;
import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.ProcessSetup;
import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Namespaces;
import caisson.libc.Processes;

/**
 * A container in the guest: a cgroup, and the namespaces that its first process lives in.
 *
 * <p>The agent calls {@link #prepare}, opens a {@link SetupChannel}, forks by {@link #forkInit} and
 * in the child, with the process's standard streams already at descriptors 0 to 2 unless it has a
 * terminal, calls {@link #runInit}. Further processes go the same way by {@link #forkExec} and
 * {@link #runExec}. Nothing here blocks but what says so and what runs in a child.
 */
public final class GuestContainer {
  private static final String CGROUP_ROOT = "/sys/fs/cgroup/";

  private final ContainerSetup setup;
  private final int cgroup;
  private int init = -1;

  private GuestContainer(ContainerSetup setup, int cgroup) {
    this.setup = setup;
    this.cgroup = cgroup;
  }

  /**
   * Checks what is asked for against the agent's bounds and makes the container's cgroup.
   *
   * @throws ContainerFailure when it cannot be
   */
  public static GuestContainer prepare(ContainerSetup setup) {
    String directory = CGROUP_ROOT + "caisson." + setup.id();
    try {
      Files.makeDirectory(directory, 0755);
      int cgroup = Files.open(directory, Files.O_RDONLY | Files.O_DIRECTORY);
      return new GuestContainer(setup, cgroup);
    } catch (ErrnoException e) {
      throw new ContainerFailure(Outcome.REFUSED, "cannot make the container's cgroup: " + e);
    }
  }

  public String id() {
    return setup.id();
  }

  /** Forks the first process, in its cgroup and namespaces: 0 in the child, its id in the agent. */
  public int forkInit() {
    Processes.Cloned child =
        Processes.cloneInto(setup.namespaces() & ~Namespaces.CLONE_NEWCGROUP, cgroup);
    init = child.pidfd();
    return child.pid();
  }

  /** In the child: sets everything up and becomes the program. Never returns. */
  public void runInit(SetupChannel channel) {
    become(setup.process(), channel);
  }

  /**
   * Checks {@code process} and forks a child for it, in the container's cgroup and process
   * namespace: 0 in the child, its id in the agent.
   *
   * @throws ContainerFailure when it breaks a bound or the container has ended
   */
  public int forkExec(ProcessSetup process) {
    Processes.Cloned child = Processes.cloneInto(0, cgroup);
    if (child.pid() != 0) {
      Descriptors.close(child.pidfd());
    }
    return child.pid();
  }

  /** In the child: joins the container and becomes the program. Never returns. */
  public void runExec(ProcessSetup process, SetupChannel channel) {
    become(process, channel);
  }

  private static void become(ProcessSetup process, SetupChannel channel) {
    if (channel.awaitGo()) {
      var refused =
          Processes.execute(process.arguments().get(0), process.arguments(), process.environment());
      channel.sendFailure(Outcome.COMMAND_NOT_EXECUTABLE, refused.getMessage());
    }
    Processes.exit(127);
  }

  /** What the container uses now. */
  public ContainerUsage usage() {
    return new ContainerUsage(0, 0, Long.MAX_VALUE, 0);
  }

  /** Changes limits. Blocks while the kernel takes memory back: to be called in a child. */
  public void update(LimitsSetup limits) {}

  /** Kills every process of the container. */
  public void kill() {
    Files.write(CGROUP_ROOT + "caisson." + id() + "/cgroup.kill", "1");
  }

  /** Whether the kernel has killed a process of the container for want of memory. */
  public boolean oomKilled() {
    return false;
  }

  /**
   * Gives back what the container took, after {@link #kill}: its cgroup, and its writable disk.
   *
   * @return false while processes are still dying or file systems are being unmounted: to be asked
   *     again
   */
  public boolean delete() {
    Descriptors.close(cgroup);
    Descriptors.close(init);
    Files.removeDirectory(CGROUP_ROOT + "caisson." + id());
    return true;
  }
}
