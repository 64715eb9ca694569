package caisson.api.runtime;

import caisson.base.Absent;
import caisson.oci.runtime.Capabilities;
import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A further process as {@code exec}'s flags describe it, in the surroundings of the first one.
 *
 * @param process what {@code --process} describes whole
 * @param env added to the first process's
 * @param user a number, optionally a colon and a group's
 * @param groups further groups, by number
 * @param capabilities that it has besides the first process's
 * @param noNewPrivileges that it has to do without, besides what the first one does without
 */
record ExecDocument(
    Optional<ProcessSpec> process,
    List<String> args,
    List<String> env,
    Optional<String> cwd,
    Optional<String> user,
    List<Long> groups,
    List<String> capabilities,
    boolean noNewPrivileges,
    boolean terminal) {
  ExecDocument {
    args = Absent.list(args);
    env = Absent.list(env);
    groups = Absent.list(groups);
    capabilities = Absent.list(capabilities);
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
        capabilities(first),
        noNewPrivileges || first.noNewPrivileges(),
        first.oomScoreAdj(),
        first.selinuxLabel(),
        user(first.user()));
  }

  private User user(User first) {
    if (user.isEmpty() && groups.isEmpty()) {
      return first;
    }
    var all = new ArrayList<>(groups);
    if (user.isEmpty()) {
      all.addAll(first.additionalGids());
      return new User(first.uid(), first.gid(), first.umask(), all, first.username());
    }
    return new User(0, 0, first.umask(), all, user);
  }

  private Optional<Capabilities> capabilities(ProcessSpec first) {
    if (capabilities.isEmpty()) {
      return first.capabilities();
    }
    var had = first.capabilities().orElse(Capabilities.NONE);
    return Optional.of(
        new Capabilities(
            with(had.bounding()),
            with(had.effective()),
            had.inheritable(),
            with(had.permitted()),
            had.ambient()));
  }

  private List<String> with(List<String> had) {
    return Stream.concat(had.stream(), capabilities.stream()).distinct().toList();
  }
}
