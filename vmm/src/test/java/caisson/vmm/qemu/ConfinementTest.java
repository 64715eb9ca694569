package caisson.vmm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.launch.spec.Bind;
import caisson.launch.spec.Jail;
import caisson.launch.spec.LaunchSpec;
import caisson.launch.spec.Program;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmShare;
import caisson.vmm.VmSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a QEMU that its guest has taken over could still do; the lists are in golden files. */
final class ConfinementTest {
  private static final String REACH = "/vm/reach";

  @Test
  void isAnUnprivilegedUserOfItsOwn() throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES)) {
      var vm = machines.start(VmNetwork.USER);
      var other = machines.start(VmNetwork.NONE);
      var qemu = new ProcessView(vm.pid());
      int uid = Integer.parseInt(qemu.status("Uid").split("\t", -1)[0]);
      assertThat(UserRange.DEFAULT.contains(uid)).isTrue();
      assertThat(qemu.status("Uid")).isEqualTo(fourTimes(uid));
      assertThat(qemu.status("Gid")).isEqualTo(fourTimes(uid));
      assertThat(qemu.status("Groups")).isEmpty();
      for (var set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
        assertThat(qemu.status(set)).as(set).isEqualTo("0000000000000000");
      }
      assertThat(qemu.status("NoNewPrivs")).isEqualTo("1");
      assertThat(qemu.status("Seccomp")).as("mode 2 is a filter").isEqualTo("2");
      assertThat(new ProcessView(other.pid()).status("Uid")).isNotEqualTo(fourTimes(uid));
      vm.destroy();
      other.destroy();
    }
  }

  @Test
  void keepsWhatItNeedsToServeSharedFilesAndNoMore(@TempDir Path shared) throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES)) {
      var shares =
          List.of(
              new VmShare("writable", shared, false, VmShare.Owners.HOST),
              new VmShare("readonly", shared, true, VmShare.Owners.GUEST));
      var plain = Machines.spec(VmNetwork.NONE);
      var spec =
          new VmSpec(
              plain.id(), plain.memory(), plain.cpus(), plain.network(), plain.disks(), shares);
      var vm = machines.vmm().start(spec);
      var qemu = new ProcessView(vm.pid());
      for (var set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
        assertThat(qemu.status(set)).as(set).isEqualTo("000000000800001b");
      }
      assertThat(qemu.status("NoNewPrivs")).isEqualTo("1");
      assertThat(qemu.mounts())
          .anyMatch(mount -> mount.startsWith("/vm/shares/writable rw,nosuid,nodev,noexec"))
          .anyMatch(mount -> mount.startsWith("/vm/shares/readonly ro,nosuid,nodev,noexec"));
      vm.destroy();
    }
  }

  private static String fourTimes(int number) {
    return (number + "\t").repeat(4).strip();
  }

  @Test
  void sharesNoNamespaceButThatOfUsersAndTime() throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES)) {
      var vm = machines.start(VmNetwork.USER);
      var host = new ProcessView(ProcessHandle.current().pid());
      var qemu = new ProcessView(vm.pid());
      for (var kind : List.of("cgroup", "ipc", "mnt", "net", "pid", "uts")) {
        assertThat(qemu.namespace(kind)).as(kind).isNotEqualTo(host.namespace(kind));
      }
      assertThat(qemu.networkInterfaces()).containsExactly("lo");
      vm.destroy();
    }
  }

  @Test
  void hasOpenWhatItWasGiven() throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES)) {
      var vm = machines.start(VmNetwork.USER);
      Golden.check("open-files.txt", new ProcessView(vm.pid()).openFiles(vm.agentSocket()));
      vm.destroy();
    }
  }

  @Test
  void seesWhatItNeeds() throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES)) {
      var vm = machines.start(VmNetwork.USER);
      var view = new ProcessView(vm.pid());
      Golden.check("mounts.txt", view.mounts());
      Golden.check("paths.txt", view.pathsOutsideOfMounts());
      vm.destroy();
    }
  }

  @Test
  void reachesTheseSystemCalls() throws Exception {
    Golden.check("system-calls.txt", reach());
    assertThat(reach("i386")).as("the i386 entry ends a program").containsExactly("begin");
  }

  @Test
  void reachesKvmOnlyWhereItIsUsed() throws Exception {
    var tcg = new TreeSet<>(reach());
    assertThat(tcg).noneMatch(line -> line.startsWith("ioctl 0xae"));
  }

  /** What a program reports that runs in QEMU's place. */
  private static List<String> reach(String... arguments) throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES);
        var place = Place.of(machines, Accelerator.TCG)) {
      var program = machines.directory().resolve("reach");
      compile(Path.of("src/test/c/reach.c"), program);
      var running = place.start(replace(place.description(), program, List.of(arguments)));
      VmProcesses.awaitEnd(running.qemu(), Duration.ofSeconds(60));
      return place.errorLog();
    }
  }

  private static LaunchSpec replace(LaunchSpec spec, Path program, List<String> arguments) {
    var words = new ArrayList<>(List.of("reach"));
    words.addAll(arguments);
    var binds = new ArrayList<>(spec.jail().binds());
    binds.add(new Bind(program.toString(), REACH, Bind.Kind.PROGRAMS));
    var jail = spec.jail();
    return Place.with(
        spec,
        new Program(REACH, words, List.of()),
        new Jail(binds, jail.links(), jail.directories(), jail.processes()));
  }

  private static void compile(Path source, Path program) throws Exception {
    var gcc =
        new ProcessBuilder("gcc", "-O1", "-static", "-o", program.toString(), source.toString())
            .inheritIO()
            .start();
    assertThat(gcc.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(gcc.exitValue()).isZero();
  }
}
