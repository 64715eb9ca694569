package caisson.vmm.qemu;

import caisson.launch.spec.Jail;
import caisson.launch.spec.LaunchSpec;
import caisson.launch.spec.Program;
import caisson.vmm.VmNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The place that a machine's QEMU would be started in, for something a little different. */
record Place(Path launcher, VmDirectory directory, LaunchSpec description)
    implements AutoCloseable {
  static Place of(Machines machines, Accelerator accelerator) {
    var config = machines.config();
    var spec = Machines.spec(VmNetwork.NONE);
    var directory = VmDirectory.of(config.runDirectory().resolve("vms"), spec.id());
    directory.create();
    directory.console().create();
    var user = config.users().map(range -> new VmUsers(range).take());
    var description = QemuLaunch.describe(config, spec, directory, accelerator, Boot.COLD, user);
    return new Place(config.launcher(), directory, description);
  }

  /** {@code spec} with another program and what it sees. */
  static LaunchSpec with(LaunchSpec spec, Program program, Jail jail) {
    return new LaunchSpec(
        spec.directory(),
        program,
        spec.sockets(),
        spec.files(),
        spec.errorLog(),
        jail,
        spec.network(),
        spec.confinement());
  }

  QemuLaunch.Running start(LaunchSpec changed) {
    return QemuLaunch.start(new Launcher(launcher), changed);
  }

  /** What the program has said on standard error. */
  List<String> errorLog() throws IOException {
    try (var in = Files.newInputStream(directory.log().path())) {
      in.skipNBytes(description.errorLogStart());
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Override
  public void close() {
    directory.delete();
  }
}
