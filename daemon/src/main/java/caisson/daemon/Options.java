package caisson.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What the daemon's command line says. */
record Options(
    boolean help,
    Optional<Path> root,
    Optional<Path> run,
    Optional<Path> socket,
    Optional<Path> configuration) {
  /**
   * Reads a command line.
   *
   * @throws CaissonException INVALID_ARGUMENT
   */
  static Options parse(String... arguments) {
    try {
      var result = new CommandLine(spec()).parseArgs(arguments);
      return new Options(
          result.hasMatchedOption("--help"),
          path(result, "--root"),
          path(result, "--run"),
          path(result, "--socket"),
          path(result, "--config"));
    } catch (ParameterException e) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, e.getMessage() + " (caissond --help lists the options)", e);
    }
  }

  private static Optional<Path> path(ParseResult result, String option) {
    return Optional.ofNullable(result.<Path>matchedOptionValue(option, null))
        .map(path -> path.toAbsolutePath().normalize());
  }

  /** The text of {@code --help}. */
  static String usage() {
    return new CommandLine(spec()).getUsageMessage(CommandLine.Help.Ansi.OFF);
  }

  private static CommandSpec spec() {
    var spec = CommandSpec.create().name("caissond");
    spec.usageMessage().description("Runs containers, each in a virtual machine of its own.");
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("This text").build());
    return spec.addOption(directory("--root", "Where images and containers are kept"))
        .addOption(directory("--run", "Where running machines' sockets are, best on a tmpfs"))
        .addOption(file("--socket", "The socket to serve"))
        .addOption(file("--config", "The configuration, in place of the usual one"));
  }

  private static OptionSpec directory(String name, String description) {
    return option(name, "DIRECTORY", description);
  }

  private static OptionSpec file(String name, String description) {
    return option(name, "FILE", description);
  }

  private static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(Path.class)
        .paramLabel(label)
        .description(description)
        .build();
  }
}
