package caisson.engine.vm;

import caisson.guest.protocol.ProcessSetup;
import caisson.oci.runtime.ConsoleSize;
import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.User;
import java.util.ArrayList;
import java.util.List;

/** A spec's {@code process} as the agent is told of it. */
final class ProcessTranslation {
  private static final int NO_UMASK = -1;

  private ProcessTranslation() {}

  /**
   * Translates.
   *
   * @param stdin whether it gets a standard input
   * @param filter the container's compiled seccomp profile
   */
  static ProcessSetup of(ProcessSpec process, boolean stdin, byte[] filter) {
    check(process);
    var size = process.consoleSize().orElse(new ConsoleSize(0, 0));
    return new ProcessSetup(
        process.terminal(),
        size.height(),
        size.width(),
        stdin,
        process.args(),
        process.env(),
        process.cwd(),
        user(process.user()),
        groups(process.user()),
        process.user().umask().orElse(NO_UMASK),
        CapabilityBits.of(process.capabilities()),
        process.noNewPrivileges(),
        filter,
        ResourceLimits.of(process.rlimits()),
        process.oomScoreAdj().orElse(ProcessSetup.UNSET));
  }

  private static void check(ProcessSpec process) {
    if (process.args().isEmpty()) {
      throw Refusal.invalid("process.args", "is empty: there is no command to run");
    }
    if (!process.cwd().startsWith("/")) {
      throw Refusal.invalid("process.cwd", "(\"" + process.cwd() + "\") is no absolute path");
    }
    Refusal.ifPresent(
        process.apparmorProfile().filter(name -> !name.isEmpty()).isPresent(),
        "process.apparmorProfile",
        "needs AppArmor, which the guest's kernel does not have");
    Refusal.ifPresent(
        process.selinuxLabel().filter(name -> !name.isEmpty()).isPresent(),
        "process.selinuxLabel",
        "needs SELinux, which the guest's kernel does not have");
  }

  private static String user(User user) {
    return user.username().orElseGet(() -> id(user.uid(), "uid") + ":" + id(user.gid(), "gid"));
  }

  private static List<Integer> groups(User user) {
    var groups = new ArrayList<Integer>();
    user.additionalGids().forEach(gid -> groups.add(id(gid, "additionalGids")));
    return groups;
  }

  /** The kernel keeps the highest number for "nobody in particular"; the guest counts with int. */
  private static int id(long id, String field) {
    if (id < 0 || id > Integer.MAX_VALUE) {
      throw Refusal.invalid("process.user." + field, "holds the impossible number " + id);
    }
    return (int) id;
  }
}
