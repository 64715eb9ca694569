package caisson.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every command under every name. */
final class CommandTree {
  /** What the words of a command line may lead to. */
  sealed interface Node {
    /** Its name, and others that mean the same. */
    List<String> names();

    default String name() {
      return names().getFirst();
    }

    /** One sentence without its full stop. */
    String summary();
  }

  /** A command. */
  record Leaf(List<String> names, Action action) implements Node {
    @Override
    public String summary() {
      return action.command().usage().summary();
    }
  }

  /**
   * Commands about the same kind of thing.
   *
   * @param alone what its name alone means, if that is not a question for help
   */
  record Group(List<String> names, String summary, List<Node> members, Optional<Leaf> alone)
      implements Node {
    Group(List<String> names, String summary, List<Node> members) {
      this(names, summary, members, Optional.empty());
    }

    Optional<Node> member(String name) {
      return members.stream().filter(each -> each.names().contains(name)).findFirst();
    }
  }

  private static final Group CONTAINER =
      new Group(
          List.of("container"),
          "Manage containers",
          List.of(
              leaf(Action.ATTACH, "attach"),
              leaf(Action.COMMIT, "commit"),
              leaf(Action.CP, "cp"),
              leaf(Action.CREATE, "create"),
              leaf(Action.DIFF, "diff"),
              leaf(Action.EXEC, "exec"),
              leaf(Action.EXPORT, "export"),
              leaf(Action.INSPECT_CONTAINER, "inspect"),
              leaf(Action.KILL, "kill"),
              leaf(Action.LOGS, "logs"),
              leaf(Action.PORT, "port"),
              leaf(Action.PS, "ls", "list", "ps"),
              leaf(Action.PAUSE, "pause"),
              leaf(Action.CONTAINER_PRUNE, "prune"),
              leaf(Action.RENAME, "rename"),
              leaf(Action.RESTART, "restart"),
              leaf(Action.RM, "rm", "remove"),
              leaf(Action.RUN, "run"),
              leaf(Action.START, "start"),
              leaf(Action.STATS, "stats"),
              leaf(Action.STOP, "stop"),
              leaf(Action.TOP, "top"),
              leaf(Action.UNPAUSE, "unpause"),
              leaf(Action.UPDATE, "update"),
              leaf(Action.WAIT, "wait")));

  private static final Group IMAGE =
      new Group(
          List.of("image"),
          "Manage images",
          List.of(
              leaf(Action.IMPORT, "import"),
              leaf(Action.INSPECT_IMAGE, "inspect"),
              leaf(Action.LOAD, "load"),
              leaf(Action.IMAGES, "ls", "list"),
              leaf(Action.IMAGE_PRUNE, "prune"),
              leaf(Action.PULL, "pull"),
              leaf(Action.RMI, "rm", "remove", "rmi"),
              leaf(Action.TAG, "tag")));

  private static final Group NETWORK =
      new Group(
          List.of("network"),
          "Manage networks",
          List.of(
              leaf(Action.NETWORK_CREATE, "create"),
              leaf(Action.INSPECT_NETWORK, "inspect"),
              leaf(Action.NETWORKS, "ls", "list")));

  private static final Group TEMPLATES =
      new Group(
          List.of("templates"),
          "Manage the booted machines that containers' machines are clones of",
          List.of(
              leaf(Action.TEMPLATES, "ls", "list"),
              leaf(Action.TEMPLATE_MAKE, "make"),
              leaf(Action.TEMPLATE_RM, "rm", "remove")),
          Optional.of(leaf(Action.TEMPLATES, "ls")));

  private static final Group SYSTEM =
      new Group(
          List.of("system"),
          "Manage Caisson",
          List.of(
              leaf(Action.DISK_USAGE, "df"),
              leaf(Action.EVENTS, "events"),
              leaf(Action.INFO, "info"),
              leaf(Action.LEAKS, "leaks"),
              leaf(Action.SYSTEM_PRUNE, "prune"),
              TEMPLATES));

  private static final Group VOLUME =
      new Group(
          List.of("volume"),
          "Manage volumes",
          List.of(
              leaf(Action.VOLUME_CREATE, "create"),
              leaf(Action.INSPECT_VOLUME, "inspect"),
              leaf(Action.VOLUME_LS, "ls", "list"),
              leaf(Action.VOLUME_PRUNE, "prune"),
              leaf(Action.VOLUME_RM, "rm", "remove")));

  /** The whole. */
  static final Group ROOT =
      new Group(
          List.of("caisson"),
          "Containers, each in a virtual machine of its own",
          List.of(
              CONTAINER,
              IMAGE,
              NETWORK,
              SYSTEM,
              VOLUME,
              leaf(Action.ATTACH, "attach"),
              leaf(Action.COMMIT, "commit"),
              leaf(Action.COMPLETION, "completion"),
              leaf(Action.CP, "cp"),
              leaf(Action.CREATE, "create"),
              leaf(Action.DIFF, "diff"),
              leaf(Action.EVENTS, "events"),
              leaf(Action.EXEC, "exec"),
              leaf(Action.EXPORT, "export"),
              leaf(Action.IMAGES, "images"),
              leaf(Action.IMPORT, "import"),
              leaf(Action.INFO, "info"),
              leaf(Action.INSPECT, "inspect"),
              leaf(Action.KILL, "kill"),
              leaf(Action.LOAD, "load"),
              leaf(Action.LOGIN, "login"),
              leaf(Action.LOGOUT, "logout"),
              leaf(Action.LOGS, "logs"),
              leaf(Action.PAUSE, "pause"),
              leaf(Action.PORT, "port"),
              leaf(Action.PS, "ps"),
              leaf(Action.PULL, "pull"),
              leaf(Action.RENAME, "rename"),
              leaf(Action.RESTART, "restart"),
              leaf(Action.RM, "rm"),
              leaf(Action.RMI, "rmi"),
              leaf(Action.RUN, "run"),
              leaf(Action.START, "start"),
              leaf(Action.STATS, "stats"),
              leaf(Action.STOP, "stop"),
              leaf(Action.TAG, "tag"),
              leaf(Action.TOP, "top"),
              leaf(Action.UNPAUSE, "unpause"),
              leaf(Action.UPDATE, "update"),
              leaf(Action.VERSION, "version"),
              leaf(Action.WAIT, "wait")));

  private CommandTree() {}

  private static Leaf leaf(Action action, String... names) {
    return new Leaf(List.of(names), action);
  }

  /** Every path that leads to {@code action}. */
  static List<String> paths(Action action) {
    var paths = new ArrayList<String>();
    collect(ROOT, ROOT.name() + " ", action, paths);
    return paths;
  }

  private static void collect(Group group, String path, Action action, List<String> paths) {
    for (var member : group.members()) {
      if (member instanceof Group inner) {
        collect(inner, path + inner.name() + " ", action, paths);
      } else if (member instanceof Leaf leaf && leaf.action() == action) {
        leaf.names().forEach(name -> paths.add(path + name));
      }
    }
  }
}
