package caisson.engine.bundle;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * The cgroup that a bundle names for its container's processes on the host (config-linux.md,
 * "Cgroups Path"): the machine's and the monitors'. It is one directory in each hierarchy of
 * version 1, or one in version 2's (cgroups(7)). Limits are the guest's, so it has none.
 */
record HostCgroup(List<Path> hierarchies, Path path) {
  private static final System.Logger LOG = System.getLogger("caisson.engine");
  private static final Path ALL = Path.of("/sys/fs/cgroup");
  private static final String MEMBERS = "cgroup.procs";
  private static final String CPUS = "cpuset.cpus";
  private static final String NODES = "cpuset.mems";

  /** Whoever names none leaves its processes where they are. */
  static final HostCgroup NONE = new HostCgroup(List.of(), Path.of("."));

  /**
   * What {@code path} stands for; a relative one begins at the hierarchies' roots, too. One with
   * colons is systemd's to make, and nobody but root may make others: then there is none.
   */
  static HostCgroup at(String path) {
    return at(ALL, path);
  }

  static HostCgroup at(Path all, String path) {
    var below = Path.of("/" + path).normalize();
    var relative = Path.of("/").relativize(below);
    if (relative.toString().isEmpty() || path.indexOf(':') >= 0) {
      return NONE;
    }
    return new HostCgroup(
        hierarchies(all).stream().filter(it -> Files.isWritable(it.resolve(MEMBERS))).toList(),
        relative);
  }

  private List<Path> directories() {
    return hierarchies.stream().map(it -> it.resolve(path)).toList();
  }

  private static List<Path> hierarchies(Path all) {
    if (Files.exists(all.resolve("cgroup.controllers"))) {
      return List.of(all);
    }
    try (var directories = Files.list(all)) {
      return directories.filter(it -> !Files.isSymbolicLink(it)).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Makes it, and everything above it. */
  void create() {
    for (var directory : directories()) {
      try {
        create(directory);
      } catch (IOException e) {
        throw failed("cannot make the cgroup " + directory, e);
      }
    }
  }

  /** A cpuset of version 1 takes nobody before it has processors and memory. */
  private static void create(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    var parent = directory.resolve("..").normalize();
    create(parent);
    Files.createDirectory(directory);
    for (var file : List.of(CPUS, NODES)) {
      var own = directory.resolve(file);
      if (Files.exists(parent.resolve("cgroup.clone_children")) && Files.exists(own)) {
        Files.write(own, Files.readAllBytes(parent.resolve(file)));
      }
    }
  }

  /** Moves a process into it. */
  void add(long pid) {
    for (var directory : directories()) {
      try {
        move(Long.toString(pid), directory);
      } catch (IOException e) {
        throw failed("cannot move process %d into the cgroup %s".formatted(pid, directory), e);
      }
    }
  }

  private static void move(String pid, Path cgroup) throws IOException {
    Files.write(cgroup.resolve(MEMBERS), pid.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Removes it with the cgroups below it. Whoever is still there, as a command that has run a
   * container in the foreground is, goes to the hierarchy's root.
   */
  void remove() {
    for (var hierarchy : hierarchies) {
      var directory = hierarchy.resolve(path);
      try (var tree = Files.walk(directory)) {
        var cgroups = tree.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
        for (var cgroup : cgroups) {
          remove(cgroup, hierarchy);
        }
      } catch (NoSuchFileException e) {
        // The engine was faster.
      } catch (IOException | UncheckedIOException e) {
        LOG.log(System.Logger.Level.WARNING, "cannot remove the cgroup " + directory + ": " + e);
      }
    }
  }

  private static void remove(Path cgroup, Path hierarchy) throws IOException {
    for (var pid : Files.readAllLines(cgroup.resolve(MEMBERS))) {
      move(pid, hierarchy);
    }
    Files.delete(cgroup);
  }

  private static CaissonException failed(String what, IOException e) {
    return new CaissonException(ErrorCode.NO_RESOURCES, what + ": " + e.getMessage(), e);
  }
}
