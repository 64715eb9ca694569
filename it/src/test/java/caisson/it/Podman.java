package caisson.it;

import caisson.testkit.BusyboxImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Stock podman, as root, with directories of its own and one image. Its containers may have as many
 * files open as any host lets them, since runc asks the host for that.
 *
 * @param directory all of its files
 * @param runtime a path, or the name of one that it knows
 * @param netnsMounted whether the directory of named networks was a mount already
 */
record Podman(Daemon daemon, Path directory, String runtime, boolean netnsMounted)
    implements AutoCloseable {
  static final String IMAGE = "localhost/box";

  private static final String NETNS = "/run/netns";

  private static boolean isNetnsMounted() {
    return Command.of("mountpoint", "-q", NETNS).run().code() == 0;
  }

  /** One with the image. */
  static Podman in(Path directory, Daemon daemon, String runtime) throws IOException {
    var podman = new Podman(daemon, directory, runtime, isNetnsMounted());
    Files.writeString(
        directory.resolve("containers.conf"),
        "[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=10000:10000\"]\n");
    var layer = Files.write(directory.resolve("layer.tar"), BusyboxImage.layer());
    podman.run("import", layer.toString(), IMAGE).ok();
    return podman;
  }

  Command command(String... words) {
    var all = new ArrayList<>(List.of("podman", "--root", directory + "/storage"));
    all.addAll(List.of("--runroot", directory + "/run", "--tmpdir", directory + "/tmp"));
    all.addAll(List.of("--storage-driver", "vfs", "--cgroup-manager", "cgroupfs"));
    all.addAll(List.of("--events-backend", "file", "--runtime", runtime));
    all.addAll(List.of(words));
    return daemon
        .inNetwork(all.toArray(String[]::new))
        .with("HOME", directory.toString())
        .with("CONTAINERS_CONF", directory + "/containers.conf");
  }

  Result run(String... words) {
    return command(words).run();
  }

  /** Removes all containers, and the mount over its networks' directory that podman leaves. */
  @Override
  public void close() {
    run("rm", "--all", "--force", "--time", "0").ok();
    if (!netnsMounted && isNetnsMounted()) {
      Command.of("umount", "--lazy", NETNS).run().ok();
    }
    EngineCgroups.removeEmpty("libpod_parent/conmon", "libpod_parent");
  }
}
