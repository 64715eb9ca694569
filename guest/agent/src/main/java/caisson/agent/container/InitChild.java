package caisson.agent.container;

import static caisson.agent.container.ContainerFailure.during;

import caisson.guest.protocol.ContainerSetup;
import caisson.libc.Descriptors;
import caisson.libc.Files;
import caisson.libc.Interfaces;
import caisson.libc.Machine;
import caisson.libc.MountTree;
import caisson.libc.Mounts;
import caisson.libc.Namespaces;
import caisson.libc.Processes;

/**
 * The child that makes a container's inside and becomes its first process. It is in the container's
 * cgroup and namespaces from the start; its root is the agent's until {@link #enter}.
 */
final class InitChild {
  private final ContainerSetup setup;
  private final SharedNamespaces shared;
  private final SetupChannel channel;

  InitChild(ContainerSetup setup, SharedNamespaces shared, SetupChannel channel) {
    this.setup = setup;
    this.shared = shared;
    this.channel = channel;
  }

  /** Returns only by an exception. */
  void run() {
    during("isolate the container", this::isolate);
    during("set sysctls", this::setSysctls);
    during("name the container's host", this::setNames);
    GivenFiles given = new GivenFiles();
    during("put the root together", () -> mountRoot(given));
    try (ContainerRoot root = new ContainerRoot(RootDisks.ROOT)) {
      populate(root, given);
    }
    during("enter the container's root", this::enter);
    if (setup.process().arguments().isEmpty()) {
      keepFiles();
    }
    new ProcessStart(setup.process(), setup.groups(), channel, setup.init()).run();
  }

  /** Stays, so that the container's files do, until the container is deleted. */
  private void keepFiles() {
    channel.awaitGo();
    Processes.exit(0);
  }

  private void isolate() {
    shared.enter();
    channel.closeAllElse();
    ChildProcess.adjustOomScore(setup.process().oomScoreAdjust());
    ChildProcess.joinKeyring(setup.id());
    if ((setup.namespaces() & Namespaces.CLONE_NEWCGROUP) != 0) {
      Namespaces.unshare(Namespaces.CLONE_NEWCGROUP);
    }
    if ((setup.namespaces() & Namespaces.CLONE_NEWNET) != 0) {
      Interfaces.setUp("lo", true);
    }
    Mounts.propagation("/", Mounts.MS_REC | Mounts.MS_PRIVATE);
  }

  /** The kernel takes those of namespaces for the writer's own, whichever /proc they are in. */
  private void setSysctls() {
    for (ContainerSetup.Setting sysctl : setup.sysctls()) {
      Machine.setSysctl(sysctl.name(), sysctl.value());
    }
  }

  private void setNames() {
    if (!setup.hostName().isEmpty()) {
      Machine.setHostName(setup.hostName());
    }
    if (!setup.domainName().isEmpty()) {
      Machine.setDomainName(setup.domainName());
    }
  }

  private void mountRoot(GivenFiles given) {
    if (setup.sharesRoot()) {
      given.mountRoot(setup.mounts().get(0));
    } else {
      new RootDisks(setup.lowerDisks(), setup.writableDisk()).mount();
    }
  }

  private void populate(ContainerRoot root, GivenFiles given) {
    int first = setup.sharesRoot() ? 1 : 0;
    for (ContainerSetup.Mount mount : setup.mounts().subList(first, setup.mounts().size())) {
      during("mount " + mount.destination(), () -> new ContainerMount(mount).attach(root, given));
    }
    during("make devices", () -> new DeviceNodes(root).make(setup));
    during("bind files", () -> BoundFiles.bind(setup.files(), root));
    during("make the working directory", () -> makeWorkingDirectory(root));
    if (setup.process().terminal()) {
      during("make a terminal", () -> takeTerminal(root));
    }
    ShieldedPaths shielded = new ShieldedPaths(root);
    during("make paths read-only", () -> shielded.makeReadOnly(setup.readOnlyPaths()));
    during("mask paths", () -> shielded.mask(setup.maskedPaths()));
  }

  private void makeWorkingDirectory(ContainerRoot root) {
    String path = setup.process().workingDirectory();
    Descriptors.close(root.directory(path.isEmpty() ? "/" : path).node());
  }

  private void takeTerminal(ContainerRoot root) {
    ProcessTerminal terminal = ProcessTerminal.open(root.fd(), setup.process(), channel);
    terminal.bindConsole(root);
    terminal.take();
  }

  /**
   * Makes the container's root this process's and lets go of the agent's, with all the disks' own
   * mounts.
   */
  private void enter() {
    Files.changeDirectory(RootDisks.ROOT);
    Mounts.pivotRoot(".", ".");
    Mounts.unmount(".", Mounts.MNT_DETACH);
    Files.changeDirectory("/");
    if (!setup.rootPropagation().isEmpty()) {
      Mounts.propagation("/", MountOptions.propagationFlags(setup.rootPropagation()));
    }
    boolean layersOnly = !setup.sharesRoot() && setup.writableDisk().isEmpty();
    if (setup.readOnlyRoot() || layersOnly) {
      MountTree.add("/", MountTree.MOUNT_ATTR_RDONLY);
    }
  }
}
