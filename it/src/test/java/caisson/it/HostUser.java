package caisson.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** An ordinary user of the host that is there for a test. */
record HostUser(String name, int uid, int gid) implements AutoCloseable {
  private static final List<Path> FILES =
      List.of(
          Path.of("/etc/passwd"),
          Path.of("/etc/group"),
          Path.of("/etc/subuid"),
          Path.of("/etc/subgid"));

  /** Makes one that has subordinate ids (subuid(5)), as those do who log in, or none. */
  static HostUser add(Path home, boolean subordinateIds) {
    var name = "caisson-" + UUID.randomUUID().toString().substring(0, 8);
    var subordinate = subordinateIds ? "--add-subids-for-system" : "--system";
    Command.of("useradd", "--system", subordinate, "--home-dir", home.toString(), name).run().ok();
    var user = new HostUser(name, number("-u", name), number("-g", name));
    if (user.isIn(Path.of("/etc/subuid")) != subordinateIds) {
      throw new AssertionError("/etc/subuid is not as it was asked for");
    }
    return user;
  }

  private static int number(String flag, String name) {
    return Integer.parseInt(Command.of("id", flag, name).run().ok().out());
  }

  private boolean isIn(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.anyMatch(line -> line.startsWith(name + ":"));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The words before a command that this user runs, with nothing of root's but its descriptors. */
  List<String> runs() {
    return List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups");
  }

  /** Removes it; no process may be its any more. */
  @Override
  public void close() {
    Command.of("userdel", name).run().ok();
    if (FILES.stream().anyMatch(this::isIn)) {
      throw new AssertionError(name + " is left in one of " + FILES);
    }
  }
}
