package caisson.api.docker.exec;

import caisson.api.docker.Environment;
import caisson.api.docker.TerminalSizes;
import caisson.api.http.BadRequest;
import caisson.api.wire.CreateExec;
import caisson.oci.runtime.Capabilities;
import caisson.oci.runtime.ConsoleSize;
import caisson.oci.runtime.LinuxCapability;
import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An exec's process: the container's own first process, changed where the request says so. */
final class ExecProcess {
  private ExecProcess() {}

  static ProcessSpec of(CreateExec asked, ProcessSpec container) {
    if (!asked.workingDir().isEmpty() && !asked.workingDir().startsWith("/")) {
      throw BadRequest.of(
          "the working directory '%s' is invalid, it needs to be an absolute path"
              .formatted(asked.workingDir()));
    }
    return new ProcessSpec(
        asked.tty(),
        asked
            .consoleSize()
            .flatMap(TerminalSizes::of)
            .map(size -> new ConsoleSize(size.rows(), size.columns())),
        asked.workingDir().isEmpty() ? container.cwd() : asked.workingDir(),
        environment(asked, container.env()),
        asked.cmd(),
        container.rlimits(),
        container.apparmorProfile(),
        asked.privileged() ? Optional.of(everything()) : container.capabilities(),
        container.noNewPrivileges(),
        container.oomScoreAdj(),
        container.selinuxLabel(),
        asked.user().isEmpty() ? container.user() : user(asked.user()));
  }

  private static List<String> environment(CreateExec asked, List<String> container) {
    var base = new ArrayList<String>();
    if (asked.tty()) {
      base.add("TERM=xterm");
    }
    return Environment.overlay(Environment.overlay(base, container), asked.env());
  }

  private static Capabilities everything() {
    var all = LinuxCapability.all();
    return new Capabilities(all, all, List.of(), all, List.of());
  }

  /** Another user has the groups that the image's own files give it, and the container's. */
  private static User user(String text) {
    return new User(0, 0, Optional.empty(), List.of(), Optional.of(text));
  }
}
