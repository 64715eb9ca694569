package caisson.api.docker.containers;

import caisson.api.docker.Environment;
import caisson.api.docker.TerminalSizes;
import caisson.api.http.BadRequest;
import caisson.api.wire.Confinement;
import caisson.api.wire.ContainerConfig;
import caisson.api.wire.HostConfig;
import caisson.oci.runtime.ConsoleSize;
import caisson.oci.runtime.DefaultSpec;
import caisson.oci.runtime.LinuxSpec;
import caisson.oci.runtime.MountSpec;
import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.Root;
import caisson.oci.runtime.Seccomp;
import caisson.oci.runtime.Spec;
import caisson.oci.runtime.User;
import caisson.oci.seccomp.DefaultProfile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container of Docker's in the OCI runtime spec's terms.
 *
 * @param config with the image's defaults and a host name
 * @param given its binds and volumes
 * @param cpus of the host
 */
record ContainerSpec(ContainerConfig config, HostConfig host, List<MountSpec> given, int cpus) {
  private static final String OCI_VERSION = "1.2.0";
  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  Spec spec() {
    var confinement = host.confinement();
    var capabilities = CapabilityChoice.of(confinement);
    var security = SecurityOptions.parse(confinement.securityOpt());
    return new Spec(
        OCI_VERSION,
        Optional.of(process(capabilities, security)),
        Optional.of(new Root("rootfs", confinement.readonlyRootfs())),
        Optional.of(config.hostname()),
        Optional.of(config.domainname()).filter(it -> !it.isEmpty()),
        new ContainerMounts(host, given).all(),
        Optional.empty(),
        Map.of(),
        Optional.of(linux(filter(confinement, security, capabilities))));
  }

  private static Optional<Seccomp> filter(
      Confinement confinement, SecurityOptions security, List<String> capabilities) {
    if (confinement.privileged() || !security.filtered()) {
      return Optional.empty();
    }
    var held = new LinkedHashSet<>(capabilities);
    return Optional.of(
        security
            .profile()
            .map(new SeccompProfile(held)::parse)
            .orElseGet(() -> DefaultProfile.forCapabilities(held)));
  }

  private ProcessSpec process(List<String> capabilities, SecurityOptions security) {
    var command = config.command();
    int adjustment = host.confinement().oomScoreAdj();
    if (adjustment < -1000 || adjustment > 1000) {
      throw BadRequest.of(
          "Invalid value " + adjustment + ", range for oom score adj is [-1000, 1000]");
    }
    return new ProcessSpec(
        config.streams().tty(),
        host.consoleSize()
            .flatMap(TerminalSizes::of)
            .map(size -> new ConsoleSize(size.rows(), size.columns())),
        command.workingDir().isEmpty() ? "/" : command.workingDir(),
        environment(),
        arguments(),
        new ResourceLimits(host.resources()).processes(),
        Optional.empty(),
        Optional.of(CapabilityChoice.sets(capabilities)),
        security.noNewPrivileges(),
        Optional.of(adjustment),
        Optional.empty(),
        user());
  }

  private List<String> environment() {
    var base = new ArrayList<>(List.of(PATH, "HOSTNAME=" + config.hostname()));
    if (config.streams().tty()) {
      base.add("TERM=xterm");
    }
    return Environment.overlay(base, config.command().env());
  }

  private List<String> arguments() {
    var arguments = new ArrayList<>(config.command().entrypoint().orElse(List.of()));
    arguments.addAll(config.command().cmd().orElse(List.of()));
    return arguments;
  }

  private User user() {
    return new User(0, 0, Optional.empty(), List.of(), Optional.of(config.command().user()));
  }

  private LinuxSpec linux(Optional<Seccomp> filter) {
    var confinement = host.confinement();
    boolean open = confinement.privileged();
    return new LinuxSpec(
        DefaultSpec.namespaces(),
        List.of(),
        List.of(),
        GuestDevices.of(host.devices()),
        Optional.empty(),
        Optional.of(new ResourceLimits(host.resources()).cgroup(cpus)),
        Optional.empty(),
        filter,
        confinement.sysctls(),
        open ? List.of() : confinement.maskedPaths().orElseGet(DefaultSpec::maskedPaths),
        open ? List.of() : confinement.readonlyPaths().orElseGet(DefaultSpec::readonlyPaths),
        Optional.empty());
  }
}
