package caisson.agent.container;

import caisson.guest.protocol.ArchiveSetup;
import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.ContainerUsage;
import caisson.guest.protocol.LimitsSetup;
import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.ProcessSetup;
import caisson.guest.protocol.Task;
import caisson.libc.Descriptors;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Namespaces;
import caisson.libc.Processes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A container in the guest: a cgroup, and the namespaces that its first process lives in.
 *
 * <p>The agent calls {@link #prepare}, opens a {@link SetupChannel}, forks by {@link #forkInit} and
 * in the child, with the process's standard streams at descriptors 0 to 2 (anything there if it has
 * a terminal), calls {@link #runInit}. Further processes go the same way by {@link #forkExec} and
 * {@link #runExec}. Nothing here blocks but what says so and what runs in a child.
 *
 * <p>The agent has mounted /proc, /sys, /sys/fs/cgroup (cgroup2 with nsdelegate) and /dev
 * (devtmpfs), and its root is one that pivot_root(2) can leave.
 */
public final class GuestContainer {
  private static final int NO_DESCRIPTOR = -1;

  private final ContainerSetup setup;
  private final SharedNamespaces shared;
  private final Cgroup cgroup;
  private int init = NO_DESCRIPTOR;
  private final List<Integer> mounts = new ArrayList<>();
  private int unmounting = NO_DESCRIPTOR;
  private int initPid;

  private GuestContainer(ContainerSetup setup, SharedNamespaces shared, Cgroup cgroup) {
    this.setup = setup;
    this.shared = shared;
    this.cgroup = cgroup;
  }

  /** Readies the machine for containers; once, at its start. */
  public static void prepareMachine() {
    Cgroup.enableControllers();
  }

  /**
   * Checks what is asked for against the agent's bounds and makes the container's cgroup.
   *
   * @param neighbours containers that it has namespaces together with
   * @param disks of which the container takes its own
   * @throws ContainerFailure when it cannot be
   */
  public static GuestContainer prepare(
      ContainerSetup setup, List<Neighbour> neighbours, MountedDisks disks) {
    SetupCheck.check(setup);
    SharedNamespaces shared = SharedNamespaces.of(neighbours, setup.namespaces());
    ContainerFailure.during("mount what containers have together", () -> MachineMounts.make(setup));
    try {
      Cgroup cgroup = Cgroup.create(setup.id(), setup.limits());
      GuestContainer container = new GuestContainer(setup, shared, cgroup);
      disks.take(setup.writableDisk()).ifPresent(disk -> container.mounts.add(disk.fd()));
      return container;
    } catch (ErrnoException e) {
      throw new ContainerFailure(
          Outcome.REFUSED, "cannot make the container's cgroup: " + e.getMessage());
    }
  }

  public String id() {
    return setup.id();
  }

  /**
   * Forks the first process, in its cgroup and namespaces: 0 in the child, its id in the agent.
   *
   * @throws ContainerFailure when the kernel refuses
   */
  public int forkInit() {
    int namespaces = setup.namespaces() & ~Namespaces.CLONE_NEWCGROUP;
    try {
      Processes.Cloned child = cloneFirst(namespaces);
      init = child.pidfd();
      initPid = child.pid();
      if (initPid != 0 && (namespaces & Namespaces.CLONE_NEWNS) != 0) {
        holdMounts();
      }
      return child.pid();
    } catch (ErrnoException e) {
      throw new ContainerFailure(
          Outcome.REFUSED, "cannot start the container " + id() + ": " + e.getMessage());
    }
  }

  private Processes.Cloned cloneFirst(int namespaces) {
    Optional<GuestContainer> neighbour = shared.processes();
    return neighbour.isPresent()
        ? inside(neighbour.get(), () -> Processes.cloneInto(namespaces, cgroup.directory()))
        : Processes.cloneInto(namespaces, cgroup.directory());
  }

  /**
   * The last process of a mount namespace unmounts what is in it before anybody hears of its end,
   * which takes until everything is on the disks. Held, it goes when the container is deleted.
   */
  private void holdMounts() {
    try {
      mounts.add(Files.open("/proc/" + initPid + "/ns/mnt", Files.O_RDONLY));
    } catch (ErrnoException gone) {
      // It has ended already, and what was mounted went with it.
    }
  }

  /** What is unmounted then may have much to write: a child waits for that, not the agent. */
  private void letMountsGo() {
    if (mounts.isEmpty()) {
      return;
    }
    Processes.Cloned child = cloneBesideCgroup();
    mounts.forEach(Descriptors::close);
    mounts.clear();
    if (child.pid() == 0) {
      Processes.exit(0);
    }
    unmounting = child.pidfd();
  }

  private boolean mountsAreGone() {
    letMountsGo();
    if (unmounting == NO_DESCRIPTOR) {
      return true;
    }
    boolean gone = Processes.hasEnded(unmounting);
    if (gone) {
      Descriptors.close(unmounting);
      unmounting = NO_DESCRIPTOR;
    }
    return gone;
  }

  /** In the child: sets everything up and becomes the program. Never returns. */
  public void runInit(SetupChannel channel) {
    ChildProcess.run(channel, () -> new InitChild(setup, shared, channel).run());
  }

  /** A descriptor of its first process. */
  int init() {
    return init;
  }

  /** CLONE_NEW* bits of the namespaces that its processes are in, other than the machine's. */
  private int namespaces() {
    return setup.namespaces() | shared.kinds();
  }

  /**
   * @throws ContainerFailure CONFLICT if its first process has ended
   */
  void requireAlive() {
    if (init == NO_DESCRIPTOR || Processes.hasEnded(init)) {
      throw new ContainerFailure(
          Outcome.CONFLICT,
          "the container " + id() + ", whose namespaces are to be shared, has ended");
    }
  }

  /**
   * Checks {@code process} and forks a child for it, in the container's cgroup and process
   * namespace: 0 in the child, its id in the agent.
   *
   * @throws ContainerFailure when it breaks a bound or the container has ended
   */
  public int forkExec(ProcessSetup process) {
    ProcessCheck.check(process);
    ProcessCheck.requireCommand(process);
    try {
      Processes.Cloned child = cloneInside();
      if (child.pid() != 0) {
        Descriptors.close(child.pidfd());
      }
      return child.pid();
    } catch (ErrnoException e) {
      boolean ended = e.errno() == Errno.ESRCH || e.errno() == Errno.ENOMEM;
      throw new ContainerFailure(
          ended ? Outcome.CONFLICT : Outcome.REFUSED,
          "cannot start a process in the container " + id() + ": " + e.getMessage());
    }
  }

  private Processes.Cloned cloneInside() {
    return (namespaces() & Namespaces.CLONE_NEWPID) == 0
        ? cloneIntoCgroup()
        : inside(this, this::cloneIntoCgroup);
  }

  /**
   * The agent's next child is to be in the process namespace of {@code container}, and only that:
   * this process stays where it is, which it can since it is one thread.
   */
  private static Processes.Cloned inside(
      GuestContainer container, Supplier<Processes.Cloned> clone) {
    int own = Files.open("/proc/self/ns/pid", Files.O_RDONLY);
    try {
      Namespaces.enter(container.init, Namespaces.CLONE_NEWPID);
      Processes.Cloned child;
      try {
        child = clone.get();
      } catch (ErrnoException e) {
        Namespaces.enter(own, Namespaces.CLONE_NEWPID);
        throw e;
      }
      if (child.pid() != 0) {
        Namespaces.enter(own, Namespaces.CLONE_NEWPID);
      }
      return child;
    } finally {
      Descriptors.close(own);
    }
  }

  /**
   * A container that hands its controllers on to cgroups of its own has no processes beside them
   * (EBUSY): a further one then goes where its first process is.
   */
  private Processes.Cloned cloneIntoCgroup() {
    try {
      return Processes.cloneInto(0, cgroup.directory());
    } catch (ErrnoException e) {
      if (e.errno() != Errno.EBUSY) {
        throw e;
      }
      int directory = Cgroup.openDirectoryOf(initPid);
      try {
        return Processes.cloneInto(0, directory);
      } finally {
        Descriptors.close(directory);
      }
    }
  }

  private static Processes.Cloned cloneBesideCgroup() {
    int agents = Cgroup.openDirectoryOf(Processes.id());
    try {
      return Processes.cloneInto(0, agents);
    } finally {
      Descriptors.close(agents);
    }
  }

  /** In the child: joins the container and becomes the program. Never returns. */
  public void runExec(ProcessSetup process, SetupChannel channel) {
    ChildProcess.run(channel, () -> new ExecChild(setup, process, channel).run(init, namespaces()));
  }

  /**
   * Forks a child that is to work with the container's files: 0 in the child, its id in the agent.
   * It is beside the container's cgroup, so that it runs on while that is frozen.
   *
   * @throws ContainerFailure when the kernel refuses
   */
  public int forkArchive() {
    try {
      Processes.Cloned child = cloneBesideCgroup();
      if (child.pid() != 0) {
        Descriptors.close(child.pidfd());
      }
      return child.pid();
    } catch (ErrnoException e) {
      throw new ContainerFailure(
          Outcome.REFUSED,
          "cannot work with the files of container " + id() + ": " + e.getMessage());
    }
  }

  /** In the child: does the work and ends. Never returns. */
  public void runArchive(ArchiveSetup archive, SetupChannel channel) {
    ChildProcess.run(channel, () -> new ArchiveChild(setup, archive, channel).run(init));
  }

  /** What the container uses now. */
  public ContainerUsage usage() {
    return cgroup.usage();
  }

  /** Its processes, those that it hid in cgroups of its own included. */
  public List<Task> tasks() {
    return Tasks.of(cgroup.processes());
  }

  /**
   * Stops its processes or lets them go on. Some may run on for a moment: the host stops the whole
   * machine next.
   */
  public void freeze(boolean frozen) {
    cgroup.freeze(frozen);
  }

  /** Changes limits. Blocks while the kernel takes memory back: to be called in a child. */
  public void update(LimitsSetup limits) {
    SetupCheck.check(limits);
    ContainerFailure.during("change the container's limits", () -> cgroup.limit(limits));
  }

  /** Kills every process of the container. */
  public void kill() {
    cgroup.kill();
  }

  /** Sends {@code signal} to every process of the container. */
  public void signal(int signal) {
    cgroup.signal(signal);
  }

  /** Whether the kernel has killed a process of the container for want of memory; ever. */
  public boolean oomKilled() {
    return cgroup.oomKilled();
  }

  /** Whether it has the disk with that serial number, or the memory of that name. */
  public boolean uses(String given) {
    for (ContainerSetup.Mount mount : setup.mounts()) {
      if (mount.type().equals(ContainerSetup.Mount.MEMORY) && mount.source().equals(given)) {
        return true;
      }
    }
    return setup.lowerDisks().contains(given) || setup.writableDisk().equals(given);
  }

  /**
   * Gives back what the container took, after {@link #kill}: its cgroup, its disks and its memory.
   *
   * @param inUse whether another container has the disk or memory of that name, too
   * @return false while processes are still dying or file systems are being unmounted: to be asked
   *     again
   */
  public boolean delete(Predicate<String> inUse) {
    if (init != NO_DESCRIPTOR) {
      Descriptors.close(init);
      init = NO_DESCRIPTOR;
    }
    boolean gone = cgroup.remove() && mountsAreGone() && disksAreFree(inUse);
    if (gone) {
      MachineMounts.release(setup.mounts(), inUse);
    }
    return gone;
  }

  /** The host may put other images behind them. */
  private boolean disksAreFree(Predicate<String> inUse) {
    for (String disk : setup.lowerDisks()) {
      if (!inUse.test(disk) && !isFree(disk)) {
        return false;
      }
    }
    String writable = setup.writableDisk();
    return writable.isEmpty() || isFree(writable);
  }

  /** The kernel lets nobody have a mounted disk exclusively. */
  private static boolean isFree(String serial) {
    try (DiskSearch disks = new DiskSearch()) {
      disks
          .find(serial)
          .ifPresent(disk -> Descriptors.close(Files.open(disk, Files.O_RDONLY | Files.O_EXCL)));
      return true;
    } catch (ErrnoException e) {
      if (e.errno() == Errno.EBUSY) {
        return false;
      }
      throw e;
    }
  }
}
