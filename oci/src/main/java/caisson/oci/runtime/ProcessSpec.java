package caisson.oci.runtime;

import caisson.base.Absent;
import java.util.List;
import java.util.Optional;

/** A process (config.md, "Process"). */
public record ProcessSpec(
    boolean terminal,
    Optional<ConsoleSize> consoleSize,
    String cwd,
    List<String> env,
    List<String> args,
    List<Rlimit> rlimits,
    Optional<String> apparmorProfile,
    Optional<Capabilities> capabilities,
    boolean noNewPrivileges,
    Optional<Integer> oomScoreAdj,
    Optional<String> selinuxLabel,
    User user) {
  public ProcessSpec {
    env = Absent.list(env);
    args = Absent.list(args);
    rlimits = Absent.list(rlimits);
  }

  /** Another command in the same surroundings, without a terminal. */
  public ProcessSpec running(List<String> command) {
    return new ProcessSpec(
        false,
        Optional.empty(),
        cwd,
        env,
        command,
        rlimits,
        apparmorProfile,
        capabilities,
        noNewPrivileges,
        oomScoreAdj,
        selinuxLabel,
        user);
  }

  /** The same with a terminal of another size. */
  public ProcessSpec withConsole(ConsoleSize size) {
    return new ProcessSpec(
        terminal,
        Optional.of(size),
        cwd,
        env,
        args,
        rlimits,
        apparmorProfile,
        capabilities,
        noNewPrivileges,
        oomScoreAdj,
        selinuxLabel,
        user);
  }
}
