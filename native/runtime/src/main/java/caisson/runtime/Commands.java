package caisson.runtime;

import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Processes;
import caisson.libc.Terminals;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What each command does. */
final class Commands {
  private static final int MAX_JSON = 4 << 20;
  private static final byte[] NOTHING = new byte[0];
  private static final String GET = "GET";
  private static final String POST = "POST";

  private final Daemon daemon;
  private final String root;

  Commands(Daemon daemon, String root) {
    this.daemon = daemon;
    this.root = root;
  }

  int run(String command, List<String> words) {
    switch (command) {
      case "create" -> create(words);
      case "run" -> {
        return runWhole(words);
      }
      case "exec" -> {
        return exec(words);
      }
      case "start" -> ask(POST, plain(words).id(), "/start", "", NOTHING);
      case "pause" -> ask(POST, plain(words).id(), "/pause", "", NOTHING);
      case "resume" -> ask(POST, plain(words).id(), "/resume", "", NOTHING);
      case "state" -> Main.print(text(ask(GET, plain(words).id(), "/state", "", NOTHING)) + "\n");
      case "kill" -> kill(words);
      case "delete" -> delete(words);
      case "update" -> update(words);
      case "list" -> list(words);
      case "ps" -> ps(words);
      default -> throw new RuntimeFailure("No help topic for '" + command + "'");
    }
    return 0;
  }

  private static Options plain(List<String> words) {
    return Options.parse(words, 0, Set.of(), Set.of(), 0);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String path(String id, String what, String query) {
    return "/runtime/containers/" + Escapes.of(id) + what + "?root=" + Escapes.of(root) + query;
  }

  private byte[] ask(String method, String id, String what, String query, byte[] body) {
    return daemon.ask(method, path(id, what, query), body);
  }

  private static Options creation(List<String> words) {
    return Options.parse(
        words,
        0,
        Set.of("no-pivot", "no-new-keyring", "keep", "detach", "d", "no-subreaper"),
        Set.of("bundle", "b", "console-socket", "pid-file", "preserve-fds"),
        0);
  }

  /** A container that is described, and whose monitor waits for it. */
  private void create(List<String> words) {
    Options options = creation(words);
    String id = options.id();
    String bundle = Main.absolute(options.value("bundle", "b").orElse("."));
    byte[] config = config(bundle);
    MonitorPlace place = place(bundle, config);
    Optional<Console> console = options.value("console-socket").map(Console::to);
    MonitorProcess monitor = MonitorProcess.fork(daemon, path(id, "/connect", ""), place, console);
    try {
      String query = creationQuery(bundle, monitor.pid(), console.isPresent());
      ask(POST, id, "/create", query, config);
    } catch (RuntimeFailure e) {
      monitor.giveUp();
      throw e;
    }
    orDelete(id, () -> writePid(options, monitor.pid()));
    monitor.go();
  }

  /** Does what is left of a creation; if it fails, nothing is left of the container. */
  private void orDelete(String id, Runnable rest) {
    try {
      rest.run();
    } catch (RuntimeFailure | ErrnoException e) {
      deleteAnyway(id);
      throw e;
    }
  }

  private void deleteAnyway(String id) {
    ask(POST, id, "/delete", "&force=true", NOTHING);
  }

  private static String creationQuery(String bundle, int monitor, boolean console) {
    return "&bundle=" + Escapes.of(bundle) + "&monitor=" + monitor + "&console=" + console;
  }

  private MonitorPlace place(String bundle, byte[] config) {
    return MonitorPlace.parse(
        daemon.ask(POST, "/runtime/place?bundle=" + Escapes.of(bundle), config));
  }

  private static byte[] config(String bundle) {
    String file = bundle + "/config.json";
    if (!Files.exists(file)) {
      throw new RuntimeFailure("JSON specification file " + file + " not found");
    }
    return Files.read(file, MAX_JSON);
  }

  /** Whole or not at all, since engines read it as soon as it is there. */
  private static void writePid(Options options, int pid) {
    Optional<String> file = options.value("pid-file");
    if (file.isPresent()) {
      String unfinished = file.get() + ".new";
      int flags = Files.O_WRONLY | Files.O_CREAT | Files.O_TRUNC;
      Files.write(unfinished, flags, 0644, String.valueOf(pid).getBytes(StandardCharsets.US_ASCII));
      Files.rename(unfinished, file.get());
    }
  }

  private int runWhole(List<String> words) {
    Options options = creation(words);
    String id = options.id();
    if (options.flag("detach") || options.flag("d")) {
      create(words);
      orDelete(id, () -> ask(POST, id, "/start", "", NOTHING));
      return 0;
    }
    String bundle = Main.absolute(options.value("bundle", "b").orElse("."));
    byte[] config = config(bundle);
    place(bundle, config).joinNetwork();
    boolean terminal = isTerminal();
    ask(POST, id, "/create", creationQuery(bundle, Processes.id(), terminal), config);
    orDelete(
        id,
        () -> {
          writePid(options, Processes.id());
          ask(POST, id, "/start", "", NOTHING);
        });
    int code = monitor(path(id, "/connect", "&monitor=" + Processes.id()), terminal);
    if (!options.flag("keep")) {
      deleteAnyway(id);
    }
    return code;
  }

  private static boolean isTerminal() {
    try {
      Terminals.size(0);
      return true;
    } catch (ErrnoException e) {
      return false;
    }
  }

  private int monitor(String path, boolean terminal) {
    if (!terminal) {
      return new Monitor(daemon, path, false).run();
    }
    byte[] before = Terminals.makeRaw(0);
    try {
      return new Monitor(daemon, path, true).run();
    } finally {
      Terminals.restore(0, before);
    }
  }

  private int exec(List<String> words) {
    Options options =
        Options.parse(
            words,
            0,
            Set.of("tty", "t", "detach", "d", "no-new-privs", "ignore-paused"),
            Set.of(
                "console-socket",
                "cwd",
                "env",
                "e",
                "user",
                "u",
                "additional-gids",
                "g",
                "process",
                "p",
                "pid-file",
                "process-label",
                "apparmor",
                "cap",
                "c",
                "preserve-fds",
                "cgroup"),
            1);
    byte[] process = process(options);
    Optional<Console> console = options.value("console-socket").map(Console::to);
    if (options.flag("detach") || options.flag("d")) {
      execDetached(options, process, console);
      return 0;
    }
    boolean terminal = options.flag("tty") || options.flag("t");
    String own = "&monitor=" + Processes.id();
    ask(POST, options.id(), "/exec", own + "&console=" + terminal, process);
    writePid(options, Processes.id());
    return monitor(path(options.id(), "/connect", "&exec=true" + own), terminal);
  }

  private void execDetached(Options options, byte[] process, Optional<Console> console) {
    MonitorProcess monitor =
        MonitorProcess.fork(
            daemon, path(options.id(), "/connect", "&exec=true"), MonitorPlace.HERE, console);
    try {
      String query = "&monitor=" + monitor.pid() + "&console=" + console.isPresent();
      ask(POST, options.id(), "/exec", query, process);
      writePid(options, monitor.pid());
    } catch (RuntimeFailure | ErrnoException e) {
      monitor.giveUp();
      throw e;
    }
    monitor.go();
  }

  /** The process as the daemon is told of it. */
  private static byte[] process(Options options) {
    Optional<String> file = options.value("process", "p");
    if (file.isPresent()) {
      return ("{\"process\":" + text(Files.read(file.get(), MAX_JSON)) + "}")
          .getBytes(StandardCharsets.UTF_8);
    }
    List<String> command = new ArrayList<>(options.operands());
    command.remove(0);
    List<String> environment = new ArrayList<>(options.all("env"));
    environment.addAll(options.all("e"));
    StringBuilder json = new StringBuilder("{\"args\":").append(JsonText.array(command));
    json.append(",\"env\":").append(JsonText.array(environment));
    options.value("cwd").ifPresent(it -> json.append(",\"cwd\":").append(JsonText.quoted(it)));
    options
        .value("user", "u")
        .ifPresent(it -> json.append(",\"user\":").append(JsonText.quoted(it)));
    json.append(",\"terminal\":").append(options.flag("tty") || options.flag("t"));
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private void kill(List<String> words) {
    Options options = Options.parse(words, 0, Set.of("all", "a"), Set.of(), 0);
    String id = options.id();
    String signal = options.operands().size() > 1 ? options.operands().get(1) : "SIGTERM";
    boolean all = options.flag("all") || options.flag("a");
    ask(POST, id, "/kill", "&signal=" + Escapes.of(signal) + "&all=" + all, NOTHING);
  }

  private void delete(List<String> words) {
    Options options = Options.parse(words, 0, Set.of("force", "f"), Set.of(), 0);
    boolean force = options.flag("force") || options.flag("f");
    ask(POST, options.id(), "/delete", "&force=" + force, NOTHING);
  }

  private void update(List<String> words) {
    Options options = Options.parse(words, 0, Set.of(), Set.of("resources", "r"), 0);
    String file =
        options
            .value("resources", "r")
            .orElseThrow(() -> new RuntimeFailure("update needs --resources FILE"));
    ask(
        POST,
        options.id(),
        "/update",
        "",
        Files.read(file.equals("-") ? "/dev/stdin" : file, MAX_JSON));
  }

  private void list(List<String> words) {
    Options options = Options.parse(words, 0, Set.of("quiet", "q"), Set.of("format", "f"), 0);
    boolean quiet = options.flag("quiet") || options.flag("q");
    String format = quiet ? "quiet" : options.value("format", "f").orElse("table");
    String query = "?root=" + Escapes.of(root) + "&format=" + Escapes.of(format);
    Main.print(text(daemon.ask(GET, "/runtime/containers" + query, NOTHING)) + "\n");
  }

  private void ps(List<String> words) {
    Options options = Options.parse(words, 0, Set.of(), Set.of("format", "f"), 1);
    String format = options.value("format", "f").orElse("table");
    Main.print(
        text(ask(GET, options.id(), "/ps", "&format=" + Escapes.of(format), NOTHING)) + "\n");
  }
}
