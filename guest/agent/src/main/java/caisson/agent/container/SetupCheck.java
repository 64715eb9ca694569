package caisson.agent.container;

import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.LimitsSetup;
import caisson.libc.Namespaces;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The agent's bounds on what it is asked for; what is not bounded here a frame's size bounds. */
final class SetupCheck {
  static final int MAX_ID = 128;
  static final int MAX_LOWER_DISKS = 128;
  static final int MAX_SERIAL = 36;
  static final int MAX_MOUNTS = 256;
  static final int MAX_DEVICES = 256;
  static final int MAX_SHIELDED_PATHS = 256;
  static final int MAX_SYSCTLS = 128;
  static final int MAX_FILES = 64;
  static final int MAX_PATH = 4095;

  /** Of host and domain names (__NEW_UTS_LEN). */
  static final int MAX_HOST_NAME = 64;

  static final int MAX_CPU_LIST = 1024;

  private static final int NAMESPACES =
      Namespaces.CLONE_NEWNS
          | Namespaces.CLONE_NEWPID
          | Namespaces.CLONE_NEWUTS
          | Namespaces.CLONE_NEWIPC
          | Namespaces.CLONE_NEWNET
          | Namespaces.CLONE_NEWCGROUP;

  private SetupCheck() {}

  static void check(ContainerSetup setup) {
    demand(isName(setup.id(), MAX_ID), "this is no container's name: " + setup.id());
    checkDisks(setup);
    checkNamespaces(setup.namespaces());
    atMost(MAX_MOUNTS, setup.mounts(), "mounts");
    for (ContainerSetup.Mount mount : setup.mounts()) {
      checkPath(mount.destination());
      MountOptions.parse(mount.options());
      checkSource(mount);
    }
    atMost(MAX_DEVICES, setup.devices(), "devices");
    setup.devices().forEach(SetupCheck::check);
    checkPaths(setup.maskedPaths(), "masked paths");
    checkPaths(setup.readOnlyPaths(), "read-only paths");
    atMost(MAX_SYSCTLS, setup.sysctls(), "sysctls");
    setup.sysctls().forEach(SetupCheck::check);
    atMost(MAX_FILES, setup.files(), "files");
    setup.files().forEach(SetupCheck::check);
    atMost(UserLookup.MAX_GROUPS, setup.groups(), "groups");
    checkHostName(setup.hostName());
    checkHostName(setup.domainName());
    if (!setup.rootPropagation().isEmpty()) {
      MountOptions.propagationFlags(setup.rootPropagation());
    }
    check(setup.limits());
    ProcessCheck.check(setup.process());
    if (setup.start()) {
      ProcessCheck.requireCommand(setup.process());
    }
  }

  private static void checkDisks(ContainerSetup setup) {
    atMost(MAX_LOWER_DISKS, setup.lowerDisks(), "layers");
    demand(!setup.sharesRoot() || startsWithRoot(setup), "a container needs a layer, or a root");
    for (String serial : setup.lowerDisks()) {
      checkSerial(serial);
    }
    if (!setup.writableDisk().isEmpty()) {
      checkSerial(setup.writableDisk());
    }
  }

  private static boolean startsWithRoot(ContainerSetup setup) {
    return !setup.mounts().isEmpty()
        && setup.mounts().get(0).destination().equals("/")
        && setup.mounts().get(0).type().equals(ContainerSetup.Mount.SHARE)
        && setup.writableDisk().isEmpty();
  }

  private static void checkSerial(String serial) {
    demand(isName(serial, MAX_SERIAL), "this is no disk's serial number: " + serial);
  }

  private static void checkSource(ContainerSetup.Mount mount) {
    boolean given =
        mount.type().equals(ContainerSetup.Mount.SHARE)
            || mount.type().equals(ContainerSetup.Mount.DISK)
            || mount.type().equals(ContainerSetup.Mount.MEMORY);
    if (given) {
      int slash = mount.source().indexOf('/');
      String name = slash < 0 ? mount.source() : mount.source().substring(0, slash);
      demand(isName(name, MAX_SERIAL), "this is no share, disk or memory: " + name);
      boolean whole = slash < 0 || !mount.type().equals(ContainerSetup.Mount.MEMORY);
      demand(whole, "memory has no paths: " + mount.source());
      demand(mount.source().length() <= MAX_PATH, "a path has at most " + MAX_PATH + " characters");
    }
  }

  private static void checkNamespaces(int namespaces) {
    demand((namespaces & Namespaces.CLONE_NEWNS) != 0, "a container needs a mount namespace");
    int unknown = namespaces & ~NAMESPACES;
    demand(unknown == 0, "a container has no such namespaces: 0x" + Integer.toHexString(unknown));
  }

  private static void check(ContainerSetup.Device device) {
    checkPath(device.path());
    demand("cubp".indexOf(device.type()) >= 0, "a device's type is c, u, b or p");
    demand(device.major() >= 0 && device.minor() >= 0, "a device's numbers are not negative");
    checkMode(device.mode());
  }

  private static void check(ContainerSetup.Setting sysctl) {
    demand(isName(sysctl.name(), 255), "this is no sysctl: " + sysctl.name());
  }

  private static void check(ContainerSetup.File file) {
    checkPath(file.path());
    checkMode(file.mode());
  }

  private static void checkMode(int mode) {
    demand((mode & ~07777) == 0, "permissions have twelve bits: 0" + Integer.toOctalString(mode));
  }

  static void check(LimitsSetup limits) {
    demand(limits.cpuPeriod() != 0, "a CPU period has at least one microsecond");
    checkCpuList(limits.cpus());
    checkCpuList(limits.mems());
    for (long limit :
        new long[] {
          limits.memory(),
          limits.swap(),
          limits.cpuQuota(),
          limits.cpuPeriod(),
          limits.cpuWeight(),
          limits.pids()
        }) {
      demand(limit >= -1, "a limit is not negative: " + limit);
    }
  }

  private static void checkCpuList(String list) {
    boolean good = list.length() <= MAX_CPU_LIST;
    for (int i = 0; i < list.length(); i++) {
      good &= "0123456789,-".indexOf(list.charAt(i)) >= 0;
    }
    demand(good, "this is no list of CPUs or memory nodes: " + list);
  }

  private static void checkHostName(String name) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    demand(length <= MAX_HOST_NAME, "a host name has at most " + MAX_HOST_NAME + " bytes");
  }

  private static void checkPaths(List<String> paths, String what) {
    atMost(MAX_SHIELDED_PATHS, paths, what);
    paths.forEach(SetupCheck::checkPath);
  }

  static void checkPath(String path) {
    boolean good = path.startsWith("/") && path.indexOf('\0') < 0;
    demand(good, "a path in a container begins with a slash: " + path);
    int length = path.getBytes(StandardCharsets.UTF_8).length;
    demand(length <= MAX_PATH, "a path has at most " + MAX_PATH + " bytes");
  }

  static void atMost(int limit, List<?> elements, String what) {
    demand(elements.size() <= limit, "at most " + limit + " " + what + ", not " + elements.size());
  }

  /** Letters and digits and, except in front, underscores, dots and dashes. */
  private static boolean isName(String text, int limit) {
    boolean good = !text.isEmpty() && text.length() <= limit && "_.-".indexOf(text.charAt(0)) < 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      good &= isIn(c, 'a', 'z') || isIn(c, 'A', 'Z') || isIn(c, '0', '9') || "_.-".indexOf(c) >= 0;
    }
    return good;
  }

  private static boolean isIn(char c, char first, char last) {
    return c >= first && c <= last;
  }

  static void demand(boolean good, String otherwise) {
    if (!good) {
      throw ContainerFailure.invalid(otherwise);
    }
  }
}
