package caisson.api.docker.containers;

import caisson.api.http.BadRequest;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.List;
import java.util.Optional;

/**
 * The part of {@code --security-opt} that a container in its own machine has a use for.
 *
 * @param filtered whether system calls are filtered
 * @param profile by which profile, as JSON; empty for the default
 */
record SecurityOptions(boolean filtered, Optional<String> profile, boolean noNewPrivileges) {
  private static final String PROFILE = "seccomp={";

  static SecurityOptions parse(List<String> options) {
    boolean filtered = true;
    var profile = Optional.<String>empty();
    boolean noNewPrivileges = false;
    for (var option : options) {
      // A colon in place of the equals sign is Docker's old form.
      switch (option.replaceFirst(":", "=")) {
        case "seccomp=unconfined" -> filtered = false;
        case "seccomp=builtin" -> filtered = true;
        case "no-new-privileges", "no-new-privileges=true" -> noNewPrivileges = true;
        case "no-new-privileges=false" -> noNewPrivileges = false;
        case "apparmor=unconfined", "label=disable" -> {} // there is nothing to switch off
        default -> {
          if (!option.startsWith(PROFILE)) {
            throw refused(option);
          }
          profile = Optional.of(option.substring(PROFILE.length() - 1));
        }
      }
    }
    return new SecurityOptions(filtered, profile, noNewPrivileges);
  }

  private static CaissonException refused(String option) {
    for (var name : List.of("apparmor", "label", "systempaths")) {
      if (option.startsWith(name)) {
        return new CaissonException(
            ErrorCode.UNSUPPORTED,
            "HostConfig.SecurityOpt "
                + name
                + " is not supported: the guest's kernel has no such thing to be confined by");
      }
    }
    return BadRequest.of("invalid --security-opt: \"" + option + "\"");
  }
}
