package caisson.agent.process;

import caisson.guest.protocol.ProcessSetup;
import caisson.libc.Descriptors;
import caisson.libc.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pipes of a process that gets no terminal; with one there are none. */
final class ProcessPipes {
  /**
   * In bytes: the larger, the less often do process and agent take turns, each of which costs an
   * interrupt between processors. On a busy host a quarter of this is two to three times slower.
   */
  private static final int OUTPUT_PIPE = Output.MAX_PIPE;

  private final List<Integer> childEnds = new ArrayList<>();
  private final List<Integer> agentEnds = new ArrayList<>();
  private final boolean stdin;

  private ProcessPipes(boolean stdin) {
    this.stdin = stdin;
  }

  /** Makes the pipes; when it fails nothing is left open. */
  static ProcessPipes open(ProcessSetup setup) {
    ProcessPipes pipes = new ProcessPipes(setup.stdin() && !setup.terminal());
    try {
      if (!setup.terminal()) {
        pipes.openAll();
      }
      return pipes;
    } catch (RuntimeException e) {
      pipes.closeChildEnds();
      pipes.closeAgentEnds();
      throw e;
    }
  }

  private void openAll() {
    if (stdin) {
      openOne(0, 1);
    } else {
      childEnds.add(Files.open("/dev/null", Files.O_RDONLY));
    }
    for (int output = 1; output <= 2; output++) {
      openOne(1, 0);
      Descriptors.fcntl(agentEnds.get(agentEnds.size() - 1), Descriptors.F_SETPIPE_SZ, OUTPUT_PIPE);
    }
  }

  private void openOne(int childs, int agents) {
    int[] ends = Descriptors.pipe(Files.O_CLOEXEC);
    childEnds.add(ends[childs]);
    agentEnds.add(ends[agents]);
  }

  /** In the child: makes them its standard streams. */
  void place() {
    closeAgentEnds();
    for (int number = 0; number < childEnds.size(); number++) {
      Descriptors.duplicateTo(childEnds.get(number), number);
    }
    closeChildEnds();
  }

  /** Where its standard input is written to. */
  Optional<Pipe> input() {
    return stdin ? Optional.of(DescriptorPipe.of(agentEnds.get(0))) : Optional.empty();
  }

  /** Where its standard output and error are read from. */
  List<Pipe> outputs() {
    List<Pipe> outputs = new ArrayList<>();
    for (int fd : agentEnds.subList(stdin ? 1 : 0, agentEnds.size())) {
      outputs.add(DescriptorPipe.of(fd));
    }
    return outputs;
  }

  void closeChildEnds() {
    closeAll(childEnds);
  }

  void closeAgentEnds() {
    closeAll(agentEnds);
  }

  private static void closeAll(List<Integer> fds) {
    for (int fd : fds) {
      Descriptors.close(fd);
    }
    fds.clear();
  }
}
