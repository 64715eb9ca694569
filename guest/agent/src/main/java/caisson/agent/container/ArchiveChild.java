package caisson.agent.container;

import static caisson.agent.container.ContainerFailure.during;

import caisson.agent.archive.ArchiveWork;
import caisson.agent.archive.OwnLayer;
import caisson.guest.protocol.ArchiveSetup;
import caisson.guest.protocol.ContainerSetup;
import caisson.libc.Descriptors;
import caisson.libc.Files;
import caisson.libc.Mounts;
import caisson.libc.Namespaces;
import caisson.libc.Processes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A child that works with a container's files: it sees them as the container does, and nothing of
 * the container sees it.
 */
final class ArchiveChild {
  private static final List<String> KERNEL_PLACES = List.of("dev", "proc", "sys");

  private final ContainerSetup container;
  private final ArchiveSetup setup;
  private final SetupChannel channel;

  ArchiveChild(ContainerSetup container, ArchiveSetup setup, SetupChannel channel) {
    this.container = container;
    this.setup = setup;
    this.channel = channel;
  }

  /** {@code init} is a descriptor of the container's first process. Never returns but throws. */
  void run(int init) {
    during("see the container's files", () -> ChildProcess.adjustOomScore(0));
    switch (setup.kind()) {
      case STATUS, READ, WRITE, ROOT -> runInside(init);
      case CHANGES, LAYER -> runApart();
    }
  }

  private void runInside(int init) {
    during(
        "see the container's files",
        () -> {
          Namespaces.enter(init, Namespaces.CLONE_NEWNS);
          channel.closeAllElse();
        });
    awaitGo();
    Processes.exit(ArchiveWork.run(setup, ArchiveChild::find));
  }

  /** The container itself does not see what is its own and what its image's. */
  private void runApart() {
    if (container.sharesRoot()) {
      throw ContainerFailure.invalid("a container whose root the host shares has no files apart");
    }
    RootDisks disks = new RootDisks(container.lowerDisks(), container.writableDisk());
    during(
        "see the container's disks",
        () -> {
          channel.closeAllElse();
          Namespaces.unshare(Namespaces.CLONE_NEWNS);
          Mounts.propagation("/", Mounts.MS_REC | Mounts.MS_PRIVATE);
          disks.mountApart();
        });
    awaitGo();
    OwnLayer layer = new OwnLayer(RootDisks.UPPER, disks.lower(), given());
    boolean whole = setup.kind() == ArchiveSetup.Kind.LAYER;
    Processes.exit(whole ? ArchiveWork.readLayer(layer) : ArchiveWork.tellChanges(layer));
  }

  /** What every container is given, and an image need not have. */
  private Set<String> given() {
    Set<String> given = new HashSet<>(KERNEL_PLACES);
    for (ContainerSetup.File file : container.files()) {
      given.add(file.path().substring(1));
    }
    return given;
  }

  private void awaitGo() {
    if (!channel.awaitGo()) {
      Processes.exit(0);
    }
    channel.closeChildEnd();
  }

  private static int[] find(String user) {
    int root = Files.open("/", Files.O_PATH | Files.O_DIRECTORY);
    try {
      ContainerUser found = ContainerUser.find(root, user, List.of(), List.of());
      return new int[] {found.uid(), found.gid()};
    } finally {
      Descriptors.close(root);
    }
  }
}
