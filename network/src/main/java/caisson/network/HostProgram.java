package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that changes the host's network: ip(8), tc(8) or nft(8). */
final class HostProgram {
  static final HostProgram IP = new HostProgram("ip", "iproute2");
  static final HostProgram TC = new HostProgram("tc", "iproute2");
  static final HostProgram NFT = new HostProgram("nft", "nftables");

  private static final HostProgram NSENTER = new HostProgram("nsenter", "util-linux");

  private static final List<String> DIRECTORIES =
      List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/local/sbin");
  private static final long LIMIT_SECONDS = 30;

  private final String name;
  private final String debianPackage;

  private HostProgram(String name, String debianPackage) {
    this.name = name;
    this.debianPackage = debianPackage;
  }

  /**
   * Runs it to its end and answers what it printed.
   *
   * @param input what it reads
   * @throws CaissonException UNSUPPORTED if it is missing, INTERNAL with its words if it fails
   */
  String run(String input, String... arguments) {
    return run(input, List.of(arguments));
  }

  /** Runs it, without input, in the network namespace at {@code path}. */
  String in(String path, String... arguments) {
    var words = new ArrayList<String>();
    words.add("--net=" + path);
    words.add("--");
    words.add(path());
    words.addAll(List.of(arguments));
    return NSENTER.run("", words);
  }

  private String run(String input, List<String> arguments) {
    var words = new ArrayList<String>();
    words.add(path());
    words.addAll(arguments);
    try {
      var process = new ProcessBuilder(words).redirectErrorStream(true).start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It did not read to the end: what it says instead is told below.
      }
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new CaissonException(
            ErrorCode.INTERNAL, String.join(" ", words) + " failed: " + output.strip());
      }
      return output;
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot run " + words.getFirst() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaissonException(ErrorCode.UNAVAILABLE, "interrupted while " + name + " ran", e);
    }
  }

  private String path() {
    return DIRECTORIES.stream()
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new CaissonException(
                ErrorCode.UNSUPPORTED,
                "the bridge network needs the program %s: install the package %s, configure network = user, or use --network none"
                    .formatted(name, debianPackage)))
        .toString();
  }
}
