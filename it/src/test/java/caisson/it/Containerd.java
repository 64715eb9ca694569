package caisson.it;

import caisson.testkit.BusyboxImage;
import caisson.testkit.ImageArchives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stock containerd with directories of its own, in a daemon's network. */
final class Containerd implements AutoCloseable {
  static final String IMAGE = "docker.io/library/box:latest";

  /** What it is configured with to serve {@code ctr} alone. */
  static final String WITHOUT_CRI =
      """
      disabled_plugins = ["io.containerd.grpc.v1.cri"]
      """;

  private static final String PAUSE = "docker.io/library/pause:latest";
  private static final String NAMESPACE = "k8s.io";

  private final Daemon daemon;
  private final Path directory;
  private final PeerDaemon process;

  private Containerd(Daemon daemon, Path directory, PeerDaemon process) {
    this.daemon = daemon;
    this.directory = directory;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param more lines of its configuration, those without a section first
   */
  static Containerd start(Daemon daemon, Path directory, String more) throws IOException {
    var config = directory.resolve("config.toml");
    Files.writeString(
        config,
        """
        version = 2
        root = "%1$s/data"
        state = "%1$s/run"
        %2$s
        [grpc]
          address = "%1$s/s"
        [ttrpc]
          address = "%1$s/t"
        """
            .formatted(directory, more));
    var process =
        PeerDaemon.start(
            directory.resolve("log"),
            ctr(daemon, directory, "version"),
            daemon.inNetwork("containerd", "--config", config.toString()));
    return new Containerd(daemon, directory, process);
  }

  /** One that serves Kubernetes: its pods are of a network of their own, on a bridge. */
  static Containerd ofKubernetes(Daemon daemon, Path directory, Path runtime) throws IOException {
    var networks = Files.createDirectory(directory.resolve("cni"));
    Files.writeString(
        networks.resolve("10-pods.conflist"),
        """
        {"cniVersion": "0.4.0", "name": "pods", "plugins": [
          {"type": "bridge", "bridge": "pods0", "isGateway": true,
           "ipam": {"type": "host-local", "dataDir": "%s/addresses",
                    "ranges": [[{"subnet": "10.77.0.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
        """
            .formatted(directory));
    var containerd =
        start(
            daemon,
            directory,
            """
            [plugins."io.containerd.grpc.v1.cri"]
              sandbox_image = "%1$s"
              netns_mounts_under_state_dir = true
              disable_apparmor = true
              disable_tcp_service = true
              [plugins."io.containerd.grpc.v1.cri".cni]
                bin_dir = "/usr/lib/cni"
                conf_dir = "%2$s"
              [plugins."io.containerd.grpc.v1.cri".containerd]
                snapshotter = "native"
                default_runtime_name = "caisson"
                [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.caisson]
                  runtime_type = "io.containerd.runc.v2"
                  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.caisson.options]
                    BinaryName = "%3$s"
            """
                .formatted(PAUSE, networks, runtime));
    containerd.load(BusyboxImage.archive(IMAGE));
    var pause = "{\"Entrypoint\":[\"/bin/sleep\",\"1000000\"]}";
    containerd.load(ImageArchives.docker(PAUSE, pause, List.of(BusyboxImage.layer())));
    return containerd;
  }

  private void load(byte[] archive) throws IOException {
    var file = Files.write(directory.resolve("image.tar"), archive);
    ctr("--namespace", NAMESPACE, "image", "import", "--snapshotter", "native", file.toString())
        .ok();
  }

  private static Command ctr(Daemon daemon, Path directory, String... words) {
    var all = new ArrayList<>(List.of("ctr", "--address", directory + "/s"));
    all.addAll(List.of(words));
    return daemon.inNetwork(all.toArray(String[]::new));
  }

  Result ctr(String... words) {
    return ctr(daemon, directory, words).run();
  }

  Path socket() {
    return directory.resolve("s");
  }

  @Override
  public void close() {
    process.close();
    EngineCgroups.removeEmpty("default", NAMESPACE);
  }
}
