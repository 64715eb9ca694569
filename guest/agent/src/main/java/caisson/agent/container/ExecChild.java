package caisson.agent.container;

import static caisson.agent.container.ContainerFailure.during;

import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.ProcessSetup;
import caisson.libc.Descriptors;
import caisson.libc.Files;
import caisson.libc.Namespaces;

/**
 * A child that becomes a further process of a container. It is in the container's cgroup and
 * process namespace from the start and joins the other namespaces here.
 */
final class ExecChild {
  private final ContainerSetup container;
  private final ProcessSetup process;
  private final SetupChannel channel;

  ExecChild(ContainerSetup container, ProcessSetup process, SetupChannel channel) {
    this.container = container;
    this.process = process;
    this.channel = channel;
  }

  /**
   * Returns only by an exception.
   *
   * @param init a descriptor of the container's first process
   * @param namespaces which of its namespaces are other than the agent's
   */
  void run(int init, int namespaces) {
    during(
        "join the container",
        () -> {
          ChildProcess.adjustOomScore(process.oomScoreAdjust());
          ChildProcess.joinKeyring(container.id());
          Namespaces.enter(init, namespaces & ~Namespaces.CLONE_NEWPID);
          channel.closeAllElse();
        });
    if (process.terminal()) {
      during("make a terminal", this::takeTerminal);
    }
    new ProcessStart(process, container.groups(), channel, false).run();
  }

  private void takeTerminal() {
    int root = Files.open("/", Files.O_PATH | Files.O_DIRECTORY);
    ProcessTerminal.open(root, process, channel).take();
    Descriptors.close(root);
  }
}
