package caisson.it;

import caisson.oci.Json;
import caisson.testkit.BusyboxImage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An OCI bundle with a busybox root, and the command line that runs it. */
final class Bundle {
  private final Daemon daemon;
  private final Path directory;

  Bundle(Daemon daemon, Path directory) {
    this.daemon = daemon;
    this.directory = directory;
  }

  /** Writes the bundle: runc's own spec with a command of ours, without a terminal. */
  static Bundle make(Daemon daemon, Path directory, String... command) {
    try {
      var root = Files.createDirectory(directory.resolve("rootfs"));
      Command.of("tar", "-C", root.toString(), "-x", "-f", layer(directory)).run().ok();
      Command.of("runc", "spec", "--bundle", directory.toString()).run().ok();
      var bundle = new Bundle(daemon, directory);
      bundle.command(command);
      return bundle;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String layer(Path directory) throws IOException {
    var file = directory.resolve("layer.tar");
    Files.write(file, BusyboxImage.layer());
    return file.toString();
  }

  /** Has the bundle run another command. */
  void command(String... words) throws IOException {
    change(spec -> {
      spec.withObject("/root").put("readonly", false);
      var process = spec.withObject("/process");
      process.put("terminal", false);
      var args = process.putArray("args");
      List.of(words).forEach(args::add);
    });
  }

  /** Has the bundle join a network namespace. */
  void network(String path) throws IOException {
    change(spec -> {
      for (var namespace : spec.withObject("/linux").withArray("namespaces")) {
        if (namespace.path("type").asText().equals("network")) {
          ((ObjectNode) namespace).put("path", path);
        }
      }
    });
  }

  /** Changes the bundle's config.json. */
  void change(Consumer<ObjectNode> change) throws IOException {
    var file = directory.resolve("config.json");
    var spec = (ObjectNode) Json.MAPPER.readTree(file.toFile());
    change.accept(spec);
    Files.write(file, Json.MAPPER.writeValueAsBytes(spec));
  }

  Path root() {
    return directory.resolve("rootfs");
  }

  /** Writes a program for engines that asks this daemon, and no other. */
  static Path engineRuntime(Daemon daemon, Path directory) throws IOException {
    var program = directory.resolve("caisson-engine");
    Files.writeString(
        program,
        "#!/bin/sh\nexec %s --host unix://%s \"$@\"\n"
            .formatted(Installation.file("bin/caisson-runtime"), daemon.socket()));
    Command.of("chmod", "+x", program.toString()).run().ok();
    return program;
  }

  /** caisson-runtime with these words, in the daemon's network. */
  Command runtime(String... words) {
    var all = new ArrayList<String>();
    all.add(Installation.file("bin/caisson-runtime").toString());
    all.addAll(List.of("--host", "unix://" + daemon.socket(), "--root", directory + "/oci"));
    all.addAll(List.of(words));
    return daemon.inNetwork(all.toArray(String[]::new));
  }

  /** The same for a command that takes a bundle. */
  Command of(String command, String id) {
    return runtime(command, "--bundle", directory.toString(), id);
  }

  /** Where {@link #create} writes the number of the process that stands for the container. */
  Path pidFile() {
    return directory.resolve("pid");
  }

  /** Creates a container. */
  Result create(String id) {
    return leaving(
        "create", "--bundle", directory.toString(), "--pid-file", pidFile().toString(), id);
  }

  /** A command that leaves a process; the streams of both are files, which stay open with it. */
  Result leaving(String... words) {
    try {
      var script = "exec \"$@\" </dev/null >%1$s/out 2>%1$s/err".formatted(directory);
      var all = new ArrayList<>(List.of("sh", "-c", script, "sh"));
      all.addAll(runtime(words).words());
      var result = Command.of(all.toArray(String[]::new)).run();
      var err = Files.readAllBytes(directory.resolve("err"));
      return new Result(result.code(), result.outBytes(), err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
