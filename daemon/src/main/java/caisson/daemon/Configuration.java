package caisson.daemon;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.vmm.qemu.AcceleratorChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The configuration file: lines of {@code key = value}; empty lines and those that begin with # say
 * nothing.
 *
 * @param kernel {@code kernel}: a vmlinux in place of the one that was built
 * @param accelerator {@code accelerator}: auto, kvm or tcg
 * @param disk {@code disk}: the size of a container's writable disk, 10g unless set
 */
record Configuration(Optional<Path> kernel, AcceleratorChoice accelerator, ByteSize disk) {
  private static final ByteSize DISK = ByteSize.ofMib(10 << 10);

  /**
   * Reads a file; one that does not exist says nothing.
   *
   * @throws CaissonException INVALID_ARGUMENT for what cannot be meant, with the line
   */
  static Configuration read(Path file) {
    try {
      return parse(Files.exists(file) ? Files.readAllLines(file) : List.of(), file);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "cannot read the configuration " + file + ": " + e, e);
    }
  }

  private static Configuration parse(List<String> lines, Path file) {
    var read = new Configuration(Optional.empty(), AcceleratorChoice.AUTO, DISK);
    for (int number = 1; number <= lines.size(); number++) {
      var line = lines.get(number - 1).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        read = read.with(line);
      } catch (RuntimeException e) {
        throw new CaissonException(
            ErrorCode.INVALID_ARGUMENT,
            "the configuration %s, line %d: %s".formatted(file, number, e.getMessage()),
            e);
      }
    }
    return read;
  }

  private Configuration with(String line) {
    int equals = line.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("\"" + line + "\" is not key = value");
    }
    var key = line.substring(0, equals).strip();
    var value = line.substring(equals + 1).strip();
    return switch (key) {
      case "kernel" -> new Configuration(Optional.of(Path.of(value)), accelerator, disk);
      case "accelerator" -> new Configuration(kernel, choice(value), disk);
      case "disk" -> new Configuration(kernel, accelerator, ByteSize.parse(value));
      default ->
          throw new IllegalArgumentException(
              "there is no key \"" + key + "\"; there are kernel, accelerator and disk");
    };
  }

  private static AcceleratorChoice choice(String value) {
    for (var choice : AcceleratorChoice.values()) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(value)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(
        "the accelerator is auto, kvm or tcg, not \"" + value + "\"");
  }
}
