package caisson.runtime;

import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Processes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A further process in a container, with a monitor of its own. */
final class Execution {
  private final Containers containers;
  private final Options options;
  private final byte[] process;

  Execution(Containers containers, Options options) {
    this.containers = containers;
    this.options = options;
    this.process = process(options).getBytes(StandardCharsets.UTF_8);
  }

  /** Answers its exit code, or 0 at once if it is to be left alone. */
  int run() {
    Optional<Console> console = options.value("console-socket").map(Console::to);
    if (options.flag("detach", "d")) {
      detach(console);
      return 0;
    }
    boolean terminal = options.flag("tty", "t");
    String own = "&monitor=" + Processes.id();
    int machine = ask(own + "&console=" + terminal);
    options.writePid(Processes.id());
    String path = containers.path(options.id(), "/connect", "&exec=true" + own);
    return Monitor.here(containers.daemon(), path, terminal, machine);
  }

  private void detach(Optional<Console> console) {
    String path = containers.path(options.id(), "/connect", "&exec=true");
    MonitorProcess monitor =
        MonitorProcess.fork(containers.daemon(), path, MonitorPlace.HERE, console);
    int machine;
    try {
      String query = "&monitor=" + monitor.pid() + "&console=" + console.isPresent();
      machine = ask(query);
      options.writePid(monitor.pid());
    } catch (RuntimeFailure | ErrnoException e) {
      monitor.giveUp();
      throw e;
    }
    monitor.go(machine);
  }

  /** Starts it; answers the virtual machine's process id. */
  private int ask(String query) {
    return new Fields(containers.post(options.id(), "/exec", query, process)).number();
  }

  /** The process as the daemon is told of it. */
  private static String process(Options options) {
    Optional<String> file = options.value("process", "p");
    if (file.isPresent()) {
      String json = new String(Files.read(file.get(), Main.MAX_JSON), StandardCharsets.UTF_8);
      return "{\"process\":" + json + "}";
    }
    List<String> command = new ArrayList<>(options.operands());
    command.remove(0);
    StringBuilder json = new StringBuilder("{\"args\":").append(JsonText.array(command));
    json.append(",\"env\":").append(JsonText.array(options.all("env", "e")));
    json.append(",\"groups\":").append(JsonText.array(options.all("additional-gids", "g")));
    json.append(",\"capabilities\":").append(JsonText.array(options.all("cap", "c")));
    json.append(",\"noNewPrivileges\":").append(options.flag("no-new-privs"));
    add(json, "cwd", options.value("cwd"));
    add(json, "user", options.value("user", "u"));
    json.append(",\"terminal\":").append(options.flag("tty", "t"));
    return json.append('}').toString();
  }

  private static void add(StringBuilder json, String name, Optional<String> value) {
    value.ifPresent(
        text -> json.append(",\"").append(name).append("\":").append(JsonText.quoted(text)));
  }
}
