package caisson.vmm.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the host's kernel says of a process (proc(5)). */
record ProcessView(long pid) {
  private Path proc() {
    return Path.of("/proc", String.valueOf(pid));
  }

  /** A field of its status. */
  String status(String field) throws IOException {
    for (var line : Files.readAllLines(proc().resolve("status"))) {
      if (line.startsWith(field + ":")) {
        return line.substring(field.length() + 1).strip();
      }
    }
    throw new AssertionError("/proc/" + pid + "/status has no " + field);
  }

  String namespace(String kind) throws IOException {
    return Files.readSymbolicLink(proc().resolve("ns").resolve(kind)).toString();
  }

  List<String> networkInterfaces() throws IOException {
    return Files.readAllLines(proc().resolve("net/dev")).stream()
        .skip(2)
        .map(line -> line.substring(0, line.indexOf(':')).strip())
        .toList();
  }

  /** The kinds of what is open; files of the machine's directory without it. */
  Set<String> openFiles(Path inDirectory) throws IOException {
    var kinds = new TreeSet<String>();
    try (var entries = Files.list(proc().resolve("fd"))) {
      for (var entry : entries.toList()) {
        var target = Files.readSymbolicLink(entry).toString();
        var local = target.replace(inDirectory.getParent() + "/", "machine:");
        kinds.add(local.replaceAll(":\\[\\d+]", ""));
      }
    }
    return kinds;
  }

  /** Mount points with their options, in mountinfo's words; when a file was read is nobody's. */
  Set<String> mounts() throws IOException {
    var mounts = new TreeSet<String>();
    for (var line : Files.readAllLines(proc().resolve("mountinfo"))) {
      var fields = line.split(" ", -1);
      mounts.add(fields[4] + " " + fields[5].replaceAll(",[a-z]+time", ""));
    }
    return mounts;
  }

  /** Every path, but what lies below the mounts of directories. */
  Set<String> pathsOutsideOfMounts() throws IOException {
    var mounted = new HashSet<Path>();
    var root = proc().resolve("root");
    for (var mount : mounts()) {
      var point = mount.substring(1, mount.indexOf(' '));
      if (!point.isEmpty()) {
        mounted.add(root.resolve(point));
      }
    }
    var paths = new TreeSet<String>();
    walk(root, root, mounted, paths);
    return paths;
  }

  private static void walk(Path root, Path directory, Set<Path> mounted, Set<String> paths)
      throws IOException {
    try (var entries = Files.newDirectoryStream(directory)) {
      for (var entry : entries) {
        boolean isDirectory = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
        paths.add("/" + root.relativize(entry) + (isDirectory ? "/" : ""));
        if (isDirectory && !mounted.contains(entry)) {
          walk(root, entry, mounted, paths);
        }
      }
    }
  }
}
