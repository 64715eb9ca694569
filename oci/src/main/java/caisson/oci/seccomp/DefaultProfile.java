package caisson.oci.seccomp;

import caisson.oci.runtime.Seccomp;
import caisson.oci.runtime.SeccompArg;
import caisson.oci.runtime.SeccompRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The profile that containers get unless they ask for another: what Docker's default profile
 * (docs.docker.com, "Seccomp security profiles for Docker") refuses is refused, with EPERM. A
 * system call that belongs to a capability is allowed where the container has the capability.
 * Everything that the tables of {@link Architecture} do not know is refused as well.
 */
public final class DefaultProfile {
  private static final String ALLOW = "SCMP_ACT_ALLOW";
  private static final String REFUSE = "SCMP_ACT_ERRNO";
  private static final int ENOSYS = 38;
  private static final int AF_VSOCK = 40;

  /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET (sched.h). */
  private static final int NEW_NAMESPACES = 0x7e020000;

  /** PER_LINUX, PER_LINUX32, both with UNAME26, and the question (sys/personality.h). */
  private static final long[] PERSONALITIES = {0, 0x8, 0x20000, 0x20008, 0xffffffffL};

  /** Calls that no capability opens: obsolete, host-wide, or a frequent door of exploits. */
  private static final Set<String> NEVER =
      Set.of(
          // Kernel keyrings are not separated by namespaces.
          "add_key",
          "keyctl",
          "request_key",
          // Large and young attack surface.
          "io_uring_setup",
          "io_uring_enter",
          "io_uring_register",
          "userfaultfd",
          // The machine's, not a container's.
          "kexec_load",
          "kexec_file_load",
          "swapon",
          "swapoff",
          "nfsservctl",
          "pivot_root",
          // Other processes' memory placement.
          "migrate_pages",
          "move_pages",
          // Not implemented by any current kernel, or kept for binaries of the last century.
          "_sysctl",
          "afs_syscall",
          "bdflush",
          "break",
          "create_module",
          "epoll_ctl_old",
          "epoll_wait_old",
          "ftime",
          "get_kernel_syms",
          "getpmsg",
          "gtty",
          "idle",
          "lock",
          "mpx",
          "prof",
          "profil",
          "putpmsg",
          "query_module",
          "security",
          "stty",
          "sysfs",
          "tuxcall",
          "ulimit",
          "uselib",
          "ustat",
          "vm86",
          "vm86old",
          "vserver");

  /** Calls that a capability opens, by its name. */
  private static final Map<String, Set<String>> GUARDED =
      Map.ofEntries(
          Map.entry("CAP_DAC_READ_SEARCH", Set.of("open_by_handle_at")),
          Map.entry(
              "CAP_SYS_ADMIN",
              Set.of(
                  "bpf",
                  "fanotify_init",
                  "fsconfig",
                  "fsmount",
                  "fsopen",
                  "fspick",
                  "lookup_dcookie",
                  "mount",
                  "mount_setattr",
                  "move_mount",
                  "open_tree",
                  "perf_event_open",
                  "quotactl",
                  "quotactl_fd",
                  "setdomainname",
                  "sethostname",
                  "setns",
                  "umount",
                  "umount2",
                  "unshare")),
          Map.entry("CAP_BPF", Set.of("bpf")),
          Map.entry("CAP_PERFMON", Set.of("perf_event_open")),
          Map.entry("CAP_SYS_BOOT", Set.of("reboot")),
          Map.entry("CAP_SYS_CHROOT", Set.of("chroot")),
          Map.entry("CAP_SYS_MODULE", Set.of("delete_module", "finit_module", "init_module")),
          Map.entry(
              "CAP_SYS_NICE",
              Set.of("get_mempolicy", "mbind", "set_mempolicy", "set_mempolicy_home_node")),
          Map.entry("CAP_SYS_PACCT", Set.of("acct")),
          Map.entry("CAP_SYS_PTRACE", Set.of("kcmp", "pidfd_getfd", "process_madvise")),
          Map.entry("CAP_SYS_RAWIO", Set.of("ioperm", "iopl")),
          Map.entry(
              "CAP_SYS_TIME", Set.of("clock_settime", "clock_settime64", "settimeofday", "stime")),
          Map.entry("CAP_SYS_TTY_CONFIG", Set.of("vhangup")),
          Map.entry("CAP_SYSLOG", Set.of("syslog")));

  private DefaultProfile() {}

  /**
   * The profile of a container.
   *
   * @param capabilities its bounding set, names with their CAP_
   */
  public static Seccomp forCapabilities(Set<String> capabilities) {
    var allowed = new TreeSet<String>();
    for (var architecture : Architecture.values()) {
      allowed.addAll(architecture.syscalls().names());
    }
    allowed.removeAll(NEVER);
    GUARDED.values().forEach(allowed::removeAll);
    for (var capability : capabilities) {
      allowed.addAll(GUARDED.getOrDefault(capability, Set.of()));
    }
    var rules = conditional(allowed, capabilities.contains("CAP_SYS_ADMIN"));
    rules.addFirst(new SeccompRule(List.copyOf(allowed), ALLOW, Optional.empty(), List.of()));
    return profile(rules);
  }

  /** Takes calls that depend on their arguments out of {@code allowed} and answers their rules. */
  private static List<SeccompRule> conditional(Set<String> allowed, boolean mayMakeNamespaces) {
    var rules = new ArrayList<SeccompRule>();
    rules.add(allow("socket", argument("SCMP_CMP_NE", AF_VSOCK, Optional.empty())));
    for (long personality : PERSONALITIES) {
      rules.add(allow("personality", argument("SCMP_CMP_EQ", personality, Optional.empty())));
    }
    allowed.removeAll(Set.of("socket", "personality"));
    if (!mayMakeNamespaces) {
      var noNamespace =
          argument("SCMP_CMP_MASKED_EQ", NEW_NAMESPACES, Optional.of(BigInteger.ZERO));
      rules.add(allow("clone", noNamespace));
      // Its flags are in memory, where a filter cannot see them: libc falls back to clone.
      rules.add(new SeccompRule(List.of("clone3"), REFUSE, Optional.of(ENOSYS), List.of()));
      allowed.removeAll(Set.of("clone", "clone3"));
    }
    return rules;
  }

  private static SeccompRule allow(String call, SeccompArg condition) {
    return new SeccompRule(List.of(call), ALLOW, Optional.empty(), List.of(condition));
  }

  private static SeccompArg argument(String op, long value, Optional<BigInteger> valueTwo) {
    return new SeccompArg(0, BigInteger.valueOf(value), valueTwo, op);
  }

  private static Seccomp profile(List<SeccompRule> rules) {
    return new Seccomp(
        REFUSE,
        Optional.of(1),
        Arrays.stream(Architecture.values()).map(Architecture::specName).toList(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        rules);
  }
}
