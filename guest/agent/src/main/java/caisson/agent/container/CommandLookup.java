package caisson.agent.container;

import caisson.guest.protocol.Outcome;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import java.util.List;

/**
 * Finds a command as the process that is to run it would, and says in Docker's words why it cannot:
 * clients tell exit codes 126 and 127 by them.
 */
final class CommandLookup {
  private static final int EXECUTE = 1;

  private CommandLookup() {}

  /** What is at a path. */
  enum Program {
    EXECUTABLE,
    MISSING,
    THROUGH_A_FILE,
    DIRECTORY,
    FORBIDDEN
  }

  /** Looks at a path. */
  interface Programs {
    Program at(String path);
  }

  /** The path of {@code command}, with PATH from {@code environment} if it has no slash. */
  static String find(String command, List<String> environment, Programs programs) {
    if (command.indexOf('/') >= 0) {
      return given(command, programs);
    }
    String path = Environment.value(environment, "PATH").orElse("");
    int start = 0;
    while (start <= path.length() && !command.isEmpty()) {
      int colon = path.indexOf(':', start);
      int end = colon < 0 ? path.length() : colon;
      String directory = path.substring(start, end);
      String candidate = directory + (directory.endsWith("/") ? "" : "/") + command;
      // Found relative to where the process is, a command would depend on what lies around.
      if (directory.startsWith("/") && programs.at(candidate) == Program.EXECUTABLE) {
        return candidate;
      }
      start = end + 1;
    }
    throw notFound(quoted(command) + "executable file not found in $PATH");
  }

  private static String given(String command, Programs programs) {
    return switch (programs.at(command)) {
      case EXECUTABLE -> command;
      case MISSING ->
          throw notFound(quoted(command) + "stat " + command + ": no such file or directory");
      case THROUGH_A_FILE ->
          throw notExecutable(quoted(command) + "stat " + command + ": not a directory");
      case DIRECTORY -> throw notExecutable(quoted(command) + "is a directory");
      case FORBIDDEN -> throw notExecutable(quoted(command) + "permission denied");
    };
  }

  /** What {@code refused}, execve's error, means. */
  static ContainerFailure refused(String path, ErrnoException refused) {
    String prefix = "exec " + path + ": ";
    return switch (refused.errno()) {
      case Errno.ENOENT -> notFound(prefix + "no such file or directory");
      case Errno.EACCES -> notExecutable(prefix + "permission denied");
      case Errno.ENOEXEC -> notExecutable(prefix + "exec format error");
      case Errno.E2BIG -> notExecutable(prefix + "argument list too long");
      default -> notExecutable(prefix + Errno.name(refused.errno()));
    };
  }

  /** What the file system has at {@code path}, for the process's own user. */
  static Program fileAt(String path) {
    try {
      if (FileStatus.of(path).isDirectory()) {
        return Program.DIRECTORY;
      }
      Files.checkAccess(path, EXECUTE);
      return Program.EXECUTABLE;
    } catch (ErrnoException e) {
      return switch (e.errno()) {
        // The process's own filter forbids to look: execve will say.
        case Errno.EPERM, Errno.ENOSYS -> Program.EXECUTABLE;
        case Errno.EACCES -> Program.FORBIDDEN;
        case Errno.ENOTDIR -> Program.THROUGH_A_FILE;
        default -> Program.MISSING;
      };
    }
  }

  private static String quoted(String command) {
    return "exec: \"" + command + "\": ";
  }

  private static ContainerFailure notFound(String message) {
    return new ContainerFailure(Outcome.COMMAND_NOT_FOUND, message);
  }

  private static ContainerFailure notExecutable(String message) {
    return new ContainerFailure(Outcome.COMMAND_NOT_EXECUTABLE, message);
  }
}
