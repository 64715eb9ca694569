package caisson.launch;

import caisson.launch.spec.LaunchSpec;
import caisson.launch.spec.ListeningSocket;
import caisson.launch.spec.PassedFile;
import caisson.libc.Descriptors;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Sockets;
import java.util.ArrayList;
import java.util.List;

/**
 * The descriptors that the program inherits, in the order of the description's names. Their numbers
 * are occupied from the start, so that whatever else is opened lies above them.
 */
final class PassedDescriptors {
  private static final int BACKLOG = 16;

  private final LaunchSpec spec;
  private final List<Integer> sources = new ArrayList<>();
  private final List<String> socketPaths = new ArrayList<>();

  /** Occupies the numbers of all that is going to be passed, and of the lifeline after them. */
  PassedDescriptors(LaunchSpec spec) {
    this.spec = spec;
    for (int number = LaunchSpec.FIRST_DESCRIPTOR; number <= lifelineNumber(); number++) {
      int fd = Files.open("/dev/null", Files.O_RDONLY);
      if (fd != number) {
        throw new ErrnoException("open", "/dev/null as fd " + number, Errno.EBUSY);
      }
    }
  }

  private int lifelineNumber() {
    return LaunchSpec.FIRST_DESCRIPTOR + spec.descriptors().size();
  }

  /** Makes the sockets and has them listen; only their owner may connect. */
  void listen() {
    for (ListeningSocket socket : spec.sockets()) {
      String path = spec.directory() + "/" + socket.file();
      int fd = Sockets.open(Sockets.AF_UNIX, Sockets.SOCK_STREAM, 0);
      Sockets.bind(fd, Sockets.unixAddress(path), path);
      socketPaths.add(path);
      Files.setMode(path, 0600);
      Sockets.listen(fd, BACKLOG);
      sources.add(fd);
    }
  }

  /** Opens the files. */
  void openFiles() {
    for (PassedFile file : spec.files()) {
      sources.add(Files.open(file.path(), flags(file.access())));
    }
  }

  private static int flags(PassedFile.Access access) {
    return switch (access) {
      case READ -> Files.O_RDONLY;
      case READ_WRITE -> Files.O_RDWR;
      case APPEND -> Files.O_WRONLY | Files.O_APPEND;
    };
  }

  /** Adds the next tap. */
  void add(int tap) {
    sources.add(tap);
  }

  /**
   * Puts everything where the program expects it, and has execve close all other descriptors.
   *
   * @param lifeline what the program holds without knowing, so that its end is seen
   * @param errorLog becomes standard error
   */
  void place(int lifeline, int errorLog) {
    Descriptors.duplicateTo(0, 1); // standard input is /dev/null
    Descriptors.duplicateTo(errorLog, 2);
    for (int i = 0; i < sources.size(); i++) {
      Descriptors.duplicateTo(sources.get(i), LaunchSpec.FIRST_DESCRIPTOR + i);
    }
    Descriptors.duplicateTo(lifeline, lifelineNumber());
    Descriptors.setCloseOnExecFrom(lifelineNumber() + 1);
  }

  /** Closes this process's copies, which the program does not share. */
  void close() {
    for (int fd : sources) {
      Descriptors.close(fd);
    }
    sources.clear();
  }

  /** Removes the sockets that were made. */
  void removeSockets() {
    for (String path : socketPaths) {
      try {
        Files.remove(path);
      } catch (ErrnoException alreadyGone) {
        // What matters is that it is not there.
      }
    }
  }
}
