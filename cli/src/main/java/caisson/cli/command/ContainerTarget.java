package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.Target;

/** The paths of containers. */
final class ContainerTarget {
  private ContainerTarget() {}

  /** A container itself. */
  static Target of(String container) {
    return Target.of("containers", checked(container));
  }

  /** One of the things that a container has or can be told. */
  static Target of(String container, String what) {
    return Target.of("containers", checked(container), what);
  }

  /** An empty name would make another path of it. */
  private static String checked(String container) {
    var name = container.startsWith("/") ? container.substring(1) : container;
    if (name.isEmpty()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "invalid container name or ID: value is empty");
    }
    return name;
  }
}
