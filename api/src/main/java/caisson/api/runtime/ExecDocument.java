package caisson.api.runtime;

import caisson.base.Absent;
import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A further process as {@code exec}'s flags describe it, in the surroundings of the first one.
 *
 * @param process what {@code --process} describes whole
 * @param env added to the first process's
 * @param user a number, optionally a colon and a group's
 */
record ExecDocument(
    Optional<ProcessSpec> process,
    List<String> args,
    List<String> env,
    Optional<String> cwd,
    Optional<String> user,
    boolean terminal) {
  ExecDocument {
    args = Absent.list(args);
    env = Absent.list(env);
  }

  ProcessSpec in(ProcessSpec first) {
    return process.orElseGet(() -> changed(first));
  }

  private ProcessSpec changed(ProcessSpec first) {
    var all = new ArrayList<>(first.env());
    all.addAll(env);
    return new ProcessSpec(
        terminal,
        Optional.empty(),
        cwd.orElse(first.cwd()),
        all,
        args,
        first.rlimits(),
        first.apparmorProfile(),
        first.capabilities(),
        first.noNewPrivileges(),
        first.oomScoreAdj(),
        first.selinuxLabel(),
        user.map(ExecDocument::user).orElse(first.user()));
  }

  private static User user(String text) {
    return new User(0, 0, Optional.empty(), List.of(), Optional.of(text));
  }
}
