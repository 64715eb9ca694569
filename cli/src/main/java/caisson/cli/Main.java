package caisson.cli;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.ApiClient;
import caisson.cli.command.Session;
import caisson.cli.console.Console;
import caisson.cli.console.HostScreen;
import caisson.cli.console.HostSignals;
import caisson.cli.console.Output;
import caisson.cli.daemon.HostAddress;
import caisson.cli.daemon.OnDemandDaemon;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The program {@code caisson}: a client of the daemon's API, which it starts when none answers. */
public final class Main {
  /** The system property that names the directory of the installation. */
  private static final String INSTALLATION = "caisson.install";

  private Main() {}

  public static void main(String[] arguments) {
    end(commandLine().run(List.of(arguments)));
  }

  /** The command line of this process. */
  static CommandLine commandLine() {
    var console =
        new Console(
            new FileInputStream(FileDescriptor.in),
            new Output(new FileOutputStream(FileDescriptor.out)),
            new Output(new FileOutputStream(FileDescriptor.err)),
            new HostScreen());
    return new CommandLine(console, host -> session(console, host));
  }

  /** Ends this process. Nothing is buffered and nothing is left to restore. */
  static void end(int code) {
    // System.exit would set up a logger first.
    Runtime.getRuntime().halt(code);
  }

  private static Session session(Console console, String host) {
    var environment = System.getenv();
    var address = HostAddress.of(host, environment, Main::uid);
    var installation = Optional.ofNullable(System.getProperty(INSTALLATION)).map(Path::of);
    var api = new ApiClient(new OnDemandDaemon(address, installation));
    return new Session(api, console, new HostSignals(), environment);
  }

  private static int uid() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.INTERNAL, "cannot tell whose process this is", e);
    }
  }
}
