package caisson.oci.runtime;

import caisson.base.Absent;
import java.util.List;
import java.util.Optional;

/** A system call filter (config-linux.md, "Seccomp"). */
public record Seccomp(
    String defaultAction,
    Optional<Integer> defaultErrnoRet,
    List<String> architectures,
    List<String> flags,
    Optional<String> listenerPath,
    Optional<String> listenerMetadata,
    List<SeccompRule> syscalls) {
  public Seccomp {
    architectures = Absent.list(architectures);
    flags = Absent.list(flags);
    syscalls = Absent.list(syscalls);
  }
}
