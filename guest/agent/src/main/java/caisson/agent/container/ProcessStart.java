package caisson.agent.container;

import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.ProcessSetup;
import caisson.guest.protocol.ProcessSetup.CapabilitySets;
import caisson.guest.protocol.ProcessSetup.ResourceLimit;
import caisson.libc.Credentials;
import caisson.libc.Descriptors;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import caisson.libc.Limits;
import caisson.libc.Processes;
import caisson.libc.Seccomp;
import java.util.List;

/**
 * The last steps of a child on its way to its program, once it sees the container's root: from here
 * on it gives away what the program is not to have. The order is that of runc's libcontainer.
 */
final class ProcessStart {
  private static final int DEFAULT_MASK = 022;
  private static final int NULL_MAJOR = 1;
  private static final int NULL_MINOR = 3;

  private final ProcessSetup process;
  private final List<String> groups;
  private final SetupChannel channel;
  private final boolean init;

  /**
   * A process's start.
   *
   * @param groups the container's, which all its processes are in
   * @param init whether a small init goes between this process and the program
   */
  ProcessStart(ProcessSetup process, List<String> groups, SetupChannel channel, boolean init) {
    this.process = process;
    this.groups = groups;
    this.channel = channel;
    this.init = init;
  }

  /** Becomes the program; returns only by an exception. */
  void run() {
    ContainerFailure.during("set resource limits", this::limit);
    Files.setMask(process.umask() < 0 ? DEFAULT_MASK : process.umask());
    ContainerUser user = findUser();
    ownStreams(user);
    boolean there = changeDirectory(false);
    if (!process.noNewPrivileges()) {
      filter(); // as long as the privilege that this takes is there
    }
    ContainerFailure.during("change to the user " + user.uid(), () -> become(user));
    if (!there) {
      changeDirectory(true);
    }
    List<String> environment = Environment.withHome(process.environment(), user.home());
    String program =
        CommandLookup.find(process.arguments().getFirst(), environment, CommandLookup::fileAt);
    if (process.noNewPrivileges()) {
      ContainerFailure.during("forgo new privileges", Credentials::setNoNewPrivileges);
      filter();
    }
    execute(program, environment);
  }

  private void limit() {
    for (ResourceLimit limit : process.resourceLimits()) {
      Limits.set(limit.resource(), new Limits.Limit(limit.soft(), limit.hard()));
    }
  }

  private ContainerUser findUser() {
    int root = Files.open("/", Files.O_PATH | Files.O_DIRECTORY);
    try {
      return ContainerUser.find(root, process.user(), groups, process.groups());
    } catch (ErrnoException e) {
      throw new ContainerFailure(Outcome.REFUSED, "cannot find the user: " + e.getMessage());
    } finally {
      Descriptors.close(root);
    }
  }

  /** Lets the user open its streams anew, through /dev/stdout for example. */
  private static void ownStreams(ContainerUser user) {
    for (int stream = 0; stream <= 2; stream++) {
      FileStatus status = FileStatus.of(stream);
      boolean isNull = status.specialMajor() == NULL_MAJOR && status.specialMinor() == NULL_MINOR;
      if (!isNull && status.uid() != user.uid()) {
        Descriptors.setOwner(stream, user.uid(), -1);
      }
    }
  }

  /**
   * Changes to the working directory; false where only the user may, as in a home directory on a
   * share, unless this is the {@code last} try.
   */
  private boolean changeDirectory(boolean last) {
    String path = process.workingDirectory().isEmpty() ? "/" : process.workingDirectory();
    try {
      Files.changeDirectory(path);
    } catch (ErrnoException e) {
      if (!last && (e.errno() == Errno.EACCES || e.errno() == Errno.EPERM)) {
        return false;
      }
      throw outside(path, Errno.name(e.errno()));
    }
    if (!Files.workingDirectory().startsWith("/")) {
      throw outside(path, "it is outside the container");
    }
    return true;
  }

  private static ContainerFailure outside(String path, String why) {
    return new ContainerFailure(
        Outcome.REFUSED, "cannot change to the working directory " + path + ": " + why);
  }

  private void filter() {
    if (process.seccomp().length > 0) {
      ContainerFailure.during("filter system calls", () -> Seccomp.install(process.seccomp()));
    }
  }

  /**
   * Anybody but root keeps across execve only what is ambient, so looking for the program happens
   * with no more than that.
   */
  private void become(ContainerUser user) {
    CapabilitySets sets = process.capabilities();
    boolean root = user.uid() == 0;
    Credentials.limitBoundingSet(sets.bounding());
    Credentials.keepCapabilities(true);
    Credentials.setGroups(user.groupNumbers());
    Credentials.setGroup(user.gid());
    Credentials.setUser(user.uid());
    Credentials.keepCapabilities(false);
    Credentials.setAmbient(0);
    Credentials.setCapabilities(
        root ? sets.effective() : sets.ambient(),
        root ? sets.permitted() : sets.ambient(),
        sets.inheritable());
    Credentials.setAmbient(sets.ambient());
  }

  private void execute(String program, List<String> environment) {
    if (!channel.awaitGo()) {
      Processes.exit(0);
    }
    if (init) {
      ReapingInit.split(channel);
    }
    var refused = Processes.execute(program, process.arguments(), environment);
    throw CommandLookup.refused(program, refused);
  }
}
