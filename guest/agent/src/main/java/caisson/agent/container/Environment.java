package caisson.agent.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Environments: texts with a name, an equals sign and a value. Where a name is twice, its last. */
final class Environment {
  private Environment() {}

  static Optional<String> value(List<String> environment, String name) {
    String prefix = name + "=";
    Optional<String> value = Optional.empty();
    for (String each : environment) {
      if (each.startsWith(prefix)) {
        value = Optional.of(each.substring(prefix.length()));
      }
    }
    return value;
  }

  /** {@code environment} with HOME as the accounts have it, unless it says something else. */
  static List<String> withHome(List<String> environment, String home) {
    if (value(environment, "HOME").filter(said -> !said.isEmpty()).isPresent()) {
      return environment;
    }
    List<String> complete = new ArrayList<>();
    for (String each : environment) {
      if (!each.startsWith("HOME=")) {
        complete.add(each);
      }
    }
    complete.add("HOME=" + home);
    return complete;
  }
}
