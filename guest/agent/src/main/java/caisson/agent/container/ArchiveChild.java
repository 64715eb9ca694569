package caisson.agent.container;

import static caisson.agent.container.ContainerFailure.during;

import caisson.agent.archive.ArchiveWork;
import caisson.guest.protocol.ArchiveSetup;
import caisson.libc.Descriptors;
import caisson.libc.Files;
import caisson.libc.Namespaces;
import caisson.libc.Processes;
import java.util.List;

/**
 * A child that works with a container's files: it sees them as the container does, and nothing of
 * the container sees it.
 */
final class ArchiveChild {
  private final ArchiveSetup setup;
  private final SetupChannel channel;

  ArchiveChild(ArchiveSetup setup, SetupChannel channel) {
    this.setup = setup;
    this.channel = channel;
  }

  /** {@code init} is a descriptor of the container's first process. Never returns but throws. */
  void run(int init) {
    during(
        "see the container's files",
        () -> {
          ChildProcess.adjustOomScore(0);
          Namespaces.enter(init, Namespaces.CLONE_NEWNS);
          channel.closeAllElse();
        });
    if (!channel.awaitGo()) {
      Processes.exit(0);
    }
    channel.closeChildEnd();
    Processes.exit(ArchiveWork.run(setup, ArchiveChild::find));
  }

  private static int[] find(String user) {
    int root = Files.open("/", Files.O_PATH | Files.O_DIRECTORY);
    try {
      ContainerUser found = ContainerUser.find(root, user, List.of());
      return new int[] {found.uid(), found.gid()};
    } finally {
      Descriptors.close(root);
    }
  }
}
