package caisson.launch;

import caisson.launch.spec.Network;
import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Processes;
import caisson.libc.Signals;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * slirp4netns, which carries the VM's traffic as an ordinary process of the host. It is forked
 * before the launcher changes its namespaces, since it has to stay in the host's, and executed when
 * those it joins are there. It ends when the last holder of the lifeline does.
 */
final class Slirp {
  static final String TAP = "slirp0";

  private static final int LOG_BYTES = 4096;
  private static final int MFD_CLOEXEC_ALLOW_SEALING = 3;
  private static final int F_SEAL_SEAL_SHRINK_GROW = 7;

  private final int pid;
  private final int go;
  private final int ready;
  private final int log;

  private Slirp(int pid, int go, int ready, int log) {
    this.pid = pid;
    this.go = go;
    this.ready = ready;
    this.log = log;
  }

  /**
   * Forks the process that will become slirp4netns.
   *
   * @param directory the VM's, which the process's name tells
   * @param lifeline a pipe's reading end
   */
  static Slirp fork(Network.User network, String directory, int lifeline, int lifelineOfVm) {
    int launcher = Processes.id();
    int[] go = Descriptors.pipe(Files.O_CLOEXEC);
    int[] ready = Descriptors.pipe(Files.O_CLOEXEC);
    int log = openLog();
    int pid = Processes.fork();
    if (pid == 0) {
      Descriptors.close(lifelineOfVm);
      Descriptors.close(go[1]);
      become(network, directory, launcher, go[0], lifeline, ready[1], log);
    }
    Descriptors.close(go[0]);
    Descriptors.close(ready[1]);
    return new Slirp(pid, go[1], ready[0], log);
  }

  /** Memory that cannot grow: what slirp4netns may say, however long it runs. */
  private static int openLog() {
    int log = Files.memory("slirp4netns.log", MFD_CLOEXEC_ALLOW_SEALING);
    Descriptors.truncate(log, LOG_BYTES);
    Descriptors.fcntl(log, Descriptors.F_ADD_SEALS, F_SEAL_SEAL_SHRINK_GROW);
    return log;
  }

  private static void become(
      Network.User network,
      String directory,
      int launcher,
      int go,
      int lifeline,
      int ready,
      int log) {
    try {
      Processes.newSession();
      if (Descriptors.read(go, new byte[1], 0, 1) == 1) {
        Descriptors.duplicateTo(log, 1);
        Descriptors.duplicateTo(log, 2);
        Descriptors.setCloseOnExecFrom(3);
        Descriptors.setCloseOnExec(lifeline, false);
        Descriptors.setCloseOnExec(ready, false);
        List<String> arguments = arguments(network, directory, launcher, lifeline, ready);
        ErrnoException e = Processes.execute(network.slirp(), arguments, List.of());
        Descriptors.writeAll(2, e.getMessage().getBytes(StandardCharsets.UTF_8));
      }
    } catch (ErrnoException e) {
      // The launcher sees the end of the pipe `ready`.
    }
    Processes.exit(125);
  }

  private static List<String> arguments(
      Network.User network, String directory, int launcher, int lifeline, int ready) {
    return List.of(
        "slirp4netns guest=" + directory,
        "--disable-host-loopback",
        "--enable-sandbox",
        "--enable-seccomp",
        "--exit-fd=" + lifeline,
        "--ready-fd=" + ready,
        "--api-socket=" + directory + "/" + network.api(),
        "--mtu=" + network.mtu(),
        String.valueOf(launcher),
        TAP);
  }

  int pid() {
    return pid;
  }

  /** Has it start: the launcher is in the namespace that it joins. */
  void start() {
    Descriptors.writeAll(go, new byte[1]);
    Descriptors.close(go);
  }

  /** Waits until its tap is there. */
  void awaitReady() {
    byte[] answer = new byte[1];
    if (Descriptors.read(ready, answer, 0, 1) != 1) {
      throw new LaunchFailure("cannot start slirp4netns: " + lastWords());
    }
    Descriptors.close(ready);
  }

  private String lastWords() {
    byte[] text = new byte[LOG_BYTES];
    Descriptors.seek(log, 0, 0);
    int length = Math.max(0, Descriptors.read(log, text, 0, text.length));
    String words = new String(text, 0, length, StandardCharsets.UTF_8).replace('\0', ' ').strip();
    return words.isEmpty() ? "it ended without a word" : words.replace('\n', ' ');
  }

  /** Ends it and whatever it has started. */
  void kill() {
    for (int target : new int[] {-pid, pid}) {
      try {
        Processes.kill(target, Signals.SIGKILL);
      } catch (ErrnoException gone) {
        // It has no session of its own yet, or it has ended.
      }
    }
    Processes.await(pid);
  }
}
