package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.engine.sandbox.Neighbour;
import caisson.engine.sandbox.SandboxRequest;
import caisson.engine.sandbox.Tenant;
import caisson.guest.protocol.Command.SharedNamespaces;
import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.LimitsSetup;
import caisson.oci.runtime.DeviceSpec;
import caisson.oci.runtime.LinuxSpec;
import caisson.oci.runtime.MountSpec;
import caisson.oci.runtime.Namespace;
import caisson.oci.runtime.Root;
import caisson.oci.runtime.Spec;
import caisson.oci.seccomp.SeccompCompiler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A container's spec as the agent in its machine is told of it. */
final class ContainerTranslation {
  /** The number between host and agent of the first process of a machine's first container. */
  static final int INIT = Tenant.FIRST;

  /** The mount namespace is made always: without one there is no root to change to. */
  private static final int CLONE_NEWNS = 0x0002_0000;

  /**
   * CLONE_NEW* by the spec's names (sched.h). The machine is the network namespace, so there is
   * none to make.
   */
  private static final Map<String, Integer> NAMESPACES =
      Map.of(
          "mount",
          CLONE_NEWNS,
          "cgroup",
          0x0200_0000,
          "uts",
          0x0400_0000,
          "ipc",
          0x0800_0000,
          "pid",
          0x2000_0000,
          "network",
          0);

  private static final int READ_AND_WRITE = 0666;

  private ContainerTranslation() {}

  /** The compiled seccomp profile, empty if there is none. */
  static byte[] filter(Spec spec) {
    return spec.linux()
        .flatMap(LinuxSpec::seccomp)
        .map(SeccompCompiler::compile)
        .orElse(new byte[0]);
  }

  /**
   * Translates; the container's process runs at once.
   *
   * @param layers the serial numbers of its layers' disks, bottom first
   * @param writable the serial number of its writable disk
   * @param given its mounts of the host's files and of volumes
   * @param number its first process's
   */
  static ContainerSetup of(
      SandboxRequest request,
      List<String> layers,
      String writable,
      GivenFiles given,
      List<ContainerSetup.File> files,
      int number) {
    var spec = request.spec();
    SpecCheck.check(spec);
    var linux = spec.linux();
    var process =
        spec.process()
            .orElseThrow(() -> Refusal.invalid("process", "is missing: there is nothing to run"));
    return new ContainerSetup(
        request.id().value(),
        layers,
        given.root().isPresent() ? "" : writable,
        spec.root().map(Root::readonly).orElse(false),
        spec.hostname().orElse(""),
        spec.domainname().orElse(""),
        namespaces(linux.map(LinuxSpec::namespaces).orElse(List.of())),
        linux.flatMap(LinuxSpec::rootfsPropagation).orElse(""),
        Stream.concat(
                given.root().stream(), spec.mounts().stream().map(mount -> mount(mount, given)))
            .toList(),
        linux.map(LinuxSpec::devices).orElse(List.of()).stream()
            .map(ContainerTranslation::device)
            .toList(),
        linux.map(LinuxSpec::maskedPaths).orElse(List.of()),
        linux.map(LinuxSpec::readonlyPaths).orElse(List.of()),
        settings(linux.map(LinuxSpec::sysctl).orElse(Map.of())),
        linux.flatMap(LinuxSpec::resources).map(Limits::of).orElse(LimitsSetup.NONE),
        files,
        request.groups(),
        request.init(),
        number,
        ProcessTranslation.of(process, request.openStdin(), filter(spec)),
        true);
  }

  static int namespaces(List<Namespace> namespaces) {
    int bits = CLONE_NEWNS;
    for (var namespace : namespaces) {
      Refusal.ifPresent(
          namespace.path().filter(path -> !path.isEmpty()).isPresent(),
          "linux.namespaces",
          "joins the host's " + namespace.type() + " namespace, which a machine cannot");
      var bit = NAMESPACES.get(namespace.type());
      Refusal.ifPresent(
          bit == null,
          "linux.namespaces",
          "asks for a " + namespace.type() + " namespace, which containers here do not have");
      bits |= bit == null ? 0 : bit;
    }
    return bits;
  }

  /** What a container has together with others of its machine. */
  static SharedNamespaces shared(Neighbour neighbour) {
    int bits = 0;
    for (var type : neighbour.namespaces()) {
      bits |= NAMESPACES.getOrDefault(type, 0);
    }
    return new SharedNamespaces(neighbour.container().value(), bits);
  }

  private static ContainerSetup.Mount mount(MountSpec mount, GivenFiles given) {
    return given
        .mount(mount)
        .orElseGet(() ->
            new ContainerSetup.Mount(
                mount.destination(),
                mount.type().orElse(""),
                mount.source().orElse(""),
                mount.options()));
  }

  private static ContainerSetup.Device device(DeviceSpec device) {
    return new ContainerSetup.Device(
        device.path(),
        deviceType(device),
        number(device, device.major()),
        number(device, device.minor()),
        device.fileMode().orElse(READ_AND_WRITE),
        number(device, device.uid()),
        number(device, device.gid()));
  }

  private static char deviceType(DeviceSpec device) {
    return switch (device.type()) {
      case "c", "u" -> 'c';
      case "b" -> 'b';
      case "p" -> 'p';
      default -> throw deviceRefusal(device, "has the unknown type \"" + device.type() + "\"");
    };
  }

  private static int number(DeviceSpec device, Optional<Long> number) {
    long value = number.orElse(0L);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw deviceRefusal(device, "holds the impossible number " + value);
    }
    return (int) value;
  }

  private static CaissonException deviceRefusal(DeviceSpec device, String why) {
    return Refusal.invalid("linux.devices", "(" + device.path() + ") " + why);
  }

  private static List<ContainerSetup.Setting> settings(Map<String, String> sysctls) {
    return sysctls.entrySet().stream()
        .map(each -> new ContainerSetup.Setting(each.getKey(), each.getValue()))
        .toList();
  }
}
