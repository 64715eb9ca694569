package caisson.it.agent;

import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.LimitsSetup;
import caisson.guest.protocol.ProcessSetup;
import caisson.guest.protocol.ProcessSetup.CapabilitySets;
import caisson.guest.protocol.ProcessSetup.ResourceLimit;
import caisson.oci.runtime.DefaultSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A container with the defaults of every container; a test changes what it is about. */
final class Setup {
  /** CLONE_NEWNS, NEWUTS, NEWIPC, NEWPID and NEWCGROUP (sched.h). */
  private static final int NAMESPACES = 0x20000 | 0x4000000 | 0x8000000 | 0x20000000 | 0x2000000;

  private static final int CLONE_NEWNET = 0x40000000;

  /** Docker's default set. */
  private static final long CAPABILITIES = 0xa80425fbL;

  private final List<ContainerSetup.Mount> mounts = new ArrayList<>();
  private final List<ContainerSetup.Device> devices = new ArrayList<>();
  private final List<ContainerSetup.Setting> sysctls = new ArrayList<>();
  private final List<ContainerSetup.File> files = new ArrayList<>();
  private final List<ResourceLimit> resourceLimits = new ArrayList<>();
  private final List<Integer> groups = new ArrayList<>();
  private final List<String> command;
  private String writableDisk = GuestMachine.WRITABLE;
  private LimitsSetup limits = LimitsSetup.NONE;
  private CapabilitySets capabilities = sets(CAPABILITIES, 0);
  private byte[] seccomp = new byte[0];
  private String user = "";
  private String workingDirectory = "/";
  private String rootPropagation = "";
  private int namespaces = NAMESPACES;
  private int oomScoreAdjust = ProcessSetup.UNSET;
  private int umask = -1;
  private boolean readOnlyRoot;
  private boolean init;
  private boolean terminal;
  private boolean noNewPrivileges;

  private Setup(List<String> command) {
    this.command = command;
    for (var mount : DefaultSpec.mounts()) {
      String type = mount.type().orElseThrow();
      mount(mount.destination(), type, mount.options().toArray(String[]::new));
    }
  }

  /** Runs a shell script. */
  static Setup script(String script) {
    return new Setup(List.of("sh", "-c", script));
  }

  static Setup command(String... command) {
    return new Setup(List.of(command));
  }

  private static CapabilitySets sets(long all, long ambient) {
    return new CapabilitySets(all, all, all, ambient, ambient);
  }

  Setup mount(String destination, String type, String... options) {
    mounts.add(new ContainerSetup.Mount(destination, type, type, List.of(options)));
    return this;
  }

  Setup bind(String source, String destination, String... options) {
    mounts.add(new ContainerSetup.Mount(destination, "bind", source, List.of(options)));
    return this;
  }

  Setup device(ContainerSetup.Device device) {
    devices.add(device);
    return this;
  }

  Setup sysctl(String name, String value) {
    sysctls.add(new ContainerSetup.Setting(name, value));
    return this;
  }

  Setup file(String path, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    files.add(new ContainerSetup.File(path, bytes, 0640));
    return this;
  }

  Setup resourceLimit(int resource, long soft, long hard) {
    resourceLimits.add(new ResourceLimit(resource, soft, hard));
    return this;
  }

  Setup group(int group) {
    groups.add(group);
    return this;
  }

  Setup withoutWritableDisk() {
    return writableDisk("");
  }

  Setup writableDisk(String serial) {
    writableDisk = serial;
    return this;
  }

  Setup limits(LimitsSetup value) {
    limits = value;
    return this;
  }

  Setup capabilities(long all, long ambient) {
    capabilities = sets(all, ambient);
    return this;
  }

  Setup filter(byte[] value) {
    seccomp = value;
    return this;
  }

  Setup user(String value) {
    user = value;
    return this;
  }

  Setup workingDirectory(String value) {
    workingDirectory = value;
    return this;
  }

  Setup umask(int value) {
    umask = value;
    return this;
  }

  Setup oomScoreAdjust(int value) {
    oomScoreAdjust = value;
    return this;
  }

  Setup readOnlyRoot() {
    readOnlyRoot = true;
    return this;
  }

  Setup ownNetwork() {
    namespaces |= CLONE_NEWNET;
    return this;
  }

  Setup rootPropagation(String value) {
    rootPropagation = value;
    return this;
  }

  Setup init() {
    init = true;
    return this;
  }

  Setup terminal() {
    terminal = true;
    return this;
  }

  Setup noNewPrivileges() {
    noNewPrivileges = true;
    return this;
  }

  ProcessSetup process() {
    return new ProcessSetup(
        terminal,
        33,
        111,
        false,
        command,
        List.of("PATH=/usr/bin:/bin", "A=b"),
        workingDirectory,
        user,
        groups,
        umask,
        capabilities,
        noNewPrivileges,
        seccomp,
        resourceLimits,
        oomScoreAdjust);
  }

  ContainerSetup container(String id, int number) {
    return new ContainerSetup(
        id,
        List.of("layer0", "layer1"),
        writableDisk,
        readOnlyRoot,
        "box",
        "example",
        namespaces,
        rootPropagation,
        mounts,
        devices,
        DefaultSpec.maskedPaths(),
        DefaultSpec.readonlyPaths(),
        sysctls,
        limits,
        files,
        List.of(),
        init,
        number,
        process(),
        true);
  }
}
