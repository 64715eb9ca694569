package caisson.cli;

import java.util.List;

/**
 * Does in one process what most command lines do in many. What is loaded and linked on the way is
 * what an AOT cache made of it holds (JEP 514): with a cache of one short command, {@code run}
 * spends half of its own time on classes that it lacks.
 */
public final class Training {
  private static final String CONTAINER = "caisson-training";

  private Training() {}

  /**
   * Trains on the daemon that answers.
   *
   * @param arguments an image with a shell
   */
  public static void main(String[] arguments) {
    var image = arguments[0];
    var commands =
        List.of(
            List.of("version"),
            List.of("images"),
            List.of("run", "-i", "--rm", "--network", "none", image, "sh", "-c", "echo out"),
            List.of("run", "-d", "--name", CONTAINER, "--network", "none", image, "sleep", "600"),
            List.of("exec", "-i", CONTAINER, "sh", "-c", "echo err >&2"),
            List.of("ps", "-a"),
            List.of("inspect", CONTAINER),
            List.of("logs", CONTAINER),
            List.of("rm", "-f", CONTAINER),
            List.of("run", "--nosuch"));
    var commandLine = Main.commandLine();
    commands.forEach(commandLine::run);
    Main.end(0);
  }
}
