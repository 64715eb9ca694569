package caisson.runtime;

import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Processes;
import java.util.List;
import java.util.Optional;

/** Makes a container of a bundle, and a monitor that stands for it. */
final class Creation {
  private static final String OWN_NETWORK = "/proc/self/ns/net";

  private final Containers containers;
  private final Options options;
  private final String id;
  private final String bundle;
  private final byte[] config;

  Creation(Containers containers, Options options) {
    this.containers = containers;
    this.options = options;
    this.id = options.id();
    this.bundle = Main.absolute(options.value("bundle", "b").orElse("."));
    this.config = config(bundle);
  }

  private static byte[] config(String bundle) {
    String file = bundle + "/config.json";
    if (!Files.exists(file)) {
      throw new RuntimeFailure("JSON specification file " + file + " not found");
    }
    return Files.read(file, Main.MAX_JSON);
  }

  /** A container that is described, and whose monitor waits for it. */
  void create() {
    MonitorPlace place = place();
    Optional<Console> console = options.value("console-socket").map(Console::to);
    MonitorProcess monitor =
        MonitorProcess.fork(
            containers.daemon(), containers.path(id, "/connect", ""), place, console);
    Created created;
    try {
      created = ask(monitor.pid(), console.isPresent());
    } catch (RuntimeFailure e) {
      monitor.giveUp();
      throw e;
    }
    orDelete(() -> {
      created.runHooks("");
      options.writePid(monitor.pid());
    });
    monitor.go(created.machine());
  }

  /** Creates, starts, stands for it until it ends, and deletes it; answers its exit code. */
  int run() {
    if (options.flag("detach", "d")) {
      create();
      orDelete(() -> containers.start(id));
      return 0;
    }
    String before = "/proc/" + Processes.id() + "/fd/" + Files.open(OWN_NETWORK, Files.O_RDONLY);
    place().joinNetwork();
    boolean terminal = Console.isAtHand();
    Created created = ask(Processes.id(), terminal);
    orDelete(() -> {
      created.runHooks(before);
      options.writePid(Processes.id());
      containers.start(id);
    });
    String path = containers.path(id, "/connect", "&monitor=" + Processes.id());
    int code = Monitor.here(containers.daemon(), path, terminal, created.machine());
    if (!options.flag("keep")) {
      deleteAfterwards();
    }
    return code;
  }

  /** The process has ended, whatever becomes of its container. */
  private void deleteAfterwards() {
    try {
      containers.delete(id, true);
    } catch (RuntimeFailure | ErrnoException e) {
      Main.warn(String.valueOf(e.getMessage()));
    }
  }

  private MonitorPlace place() {
    return MonitorPlace.parse(
        containers.daemon().ask("POST", "/runtime/place?bundle=" + Escapes.of(bundle), config));
  }

  private Created ask(int monitor, boolean console) {
    String query = "&bundle=" + Escapes.of(bundle) + "&monitor=" + monitor + "&console=" + console;
    return Created.parse(containers.post(id, "/create", query, config), monitor);
  }

  /** Does what is left of a creation; if it fails, nothing is left of the container. */
  private void orDelete(Runnable rest) {
    try {
      rest.run();
    } catch (RuntimeFailure | ErrnoException e) {
      containers.delete(id, true);
      throw e;
    }
  }

  /**
   * A container that waits to be started.
   *
   * @param machine the process id of its virtual machine
   * @param state for its hooks
   * @param runtimeHooks those that see the runtime's namespaces
   * @param containerHooks those that see the container's network
   */
  private record Created(
      int machine, int monitor, String state, List<Hook> runtimeHooks, List<Hook> containerHooks) {
    static Created parse(byte[] answer, int monitor) {
      Fields fields = new Fields(answer);
      int machine = fields.number();
      String state = fields.text();
      List<Hook> runtimeHooks = Hook.parse(fields);
      return new Created(machine, monitor, state, runtimeHooks, Hook.parse(fields));
    }

    /**
     * @param network of the runtime, if this process has left it
     */
    void runHooks(String network) {
      runtimeHooks.forEach(hook -> hook.run(state, network));
      String own = "/proc/" + monitor + "/ns/net";
      containerHooks.forEach(hook -> hook.run(state, own));
    }
  }
}
