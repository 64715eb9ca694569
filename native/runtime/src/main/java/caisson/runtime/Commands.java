package caisson.runtime;

import static caisson.runtime.Containers.NOTHING;

import caisson.libc.Files;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What each command does. */
final class Commands {
  private final Containers containers;

  Commands(Containers containers) {
    this.containers = containers;
  }

  /** Answers the exit code. */
  int run(Command command, List<String> words) {
    Options options = command.parse(words);
    int code = 0;
    switch (command) {
      case CREATE -> new Creation(containers, options).create();
      case RUN -> code = new Creation(containers, options).run();
      case EXEC -> code = new Execution(containers, options).run();
      case START -> containers.start(options.id());
      case PAUSE -> containers.post(options.id(), "/pause", "", NOTHING);
      case RESUME -> containers.post(options.id(), "/resume", "", NOTHING);
      case STATE -> print(containers.get(options.id(), "/state", ""));
      case KILL -> kill(options);
      case DELETE -> containers.delete(options.id(), options.flag("force", "f"));
      case UPDATE -> containers.post(options.id(), "/update", "", Resources.of(options));
      case LIST -> list(options);
      case PS -> ps(options);
      case EVENTS -> new StatsEvents(containers, options).print();
      case SPEC -> spec(options);
      case FEATURES -> print(containers.daemon().ask("GET", "/runtime/features", NOTHING));
    }
    return code;
  }

  private static void print(byte[] answer) {
    Main.print(new String(answer, StandardCharsets.UTF_8) + "\n");
  }

  private void kill(Options options) {
    List<String> operands = options.operands();
    String id = options.id();
    String signal = operands.size() > 1 ? operands.get(1) : "SIGTERM";
    boolean all = options.flag("all", "a");
    containers.post(id, "/kill", "&signal=" + Escapes.of(signal) + "&all=" + all, NOTHING);
  }

  /** Writes a config.json to begin with, and never over one. */
  private void spec(Options options) {
    String file = options.value("bundle", "b").orElse(".") + "/config.json";
    if (Files.exists(file)) {
      throw new RuntimeFailure("File config.json exists. Remove it first");
    }
    byte[] spec = containers.daemon().ask("GET", "/runtime/spec", NOTHING);
    Files.write(file, Files.O_WRONLY | Files.O_CREAT | Files.O_EXCL, 0666, spec);
  }

  private void list(Options options) {
    String format = options.value("format", "f").orElse("table");
    print(containers.list(options.flag("quiet", "q") ? "quiet" : format));
  }

  private void ps(Options options) {
    String format = options.value("format", "f").orElse("table");
    print(containers.get(options.id(), "/ps", "&format=" + Escapes.of(format)));
  }
}
