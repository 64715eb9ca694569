package caisson.api.docker.containers;

import caisson.api.http.BadRequest;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.List;

/**
 * The part of {@code --security-opt} that a container in its own machine has a use for.
 *
 * @param filtered whether system calls are filtered
 */
record SecurityOptions(boolean filtered, boolean noNewPrivileges) {
  static SecurityOptions parse(List<String> options) {
    boolean filtered = true;
    boolean noNewPrivileges = false;
    for (var option : options) {
      // A colon in place of the equals sign is Docker's old form.
      switch (option.replaceFirst(":", "=")) {
        case "seccomp=unconfined" -> filtered = false;
        case "seccomp=builtin" -> filtered = true;
        case "no-new-privileges", "no-new-privileges=true" -> noNewPrivileges = true;
        case "no-new-privileges=false" -> noNewPrivileges = false;
        case "apparmor=unconfined", "label=disable" -> {} // there is nothing to switch off
        default -> throw refused(option);
      }
    }
    return new SecurityOptions(filtered, noNewPrivileges);
  }

  private static CaissonException refused(String option) {
    for (var name : List.of("seccomp", "apparmor", "label")) {
      if (option.startsWith(name)) {
        return new CaissonException(
            ErrorCode.UNSUPPORTED, "HostConfig.SecurityOpt " + name + " is not supported yet");
      }
    }
    return BadRequest.of("invalid --security-opt: \"" + option + "\"");
  }
}
