package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.DurableFiles;
import caisson.network.HostAddress;
import caisson.network.Port;
import caisson.network.PublishedPort;
import caisson.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The ports that a running container has of the host, kept for a later daemon. */
record PortRecord(Path file) {
  private static final String NAME = "ports.json";

  static PortRecord in(Path directory) {
    return new PortRecord(directory.resolve(NAME));
  }

  /** The file's form. */
  private record Document(List<Entry> ports) {
    private record Entry(String port, String address, int hostPort) {
      static Entry of(PublishedPort port) {
        return new Entry(port.port().toString(), HostAddress.text(port.address()), port.hostPort());
      }

      PublishedPort published() {
        return new PublishedPort(Port.parse(port), HostAddress.parse(address), hostPort);
      }
    }
  }

  void write(List<PublishedPort> ports) {
    try {
      if (ports.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        var entries = ports.stream().map(Document.Entry::of).toList();
        DurableFiles.write(file, Json.write(new Document(entries)));
      }
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot write down the published ports: " + e.getMessage(), e);
    }
  }

  /** What {@link #write} wrote; nothing if there is no file. */
  List<PublishedPort> read() {
    try {
      return Files.exists(file)
          ? Json.read(Files.readAllBytes(file), Document.class, file.toString()).ports().stream()
              .map(Document.Entry::published)
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.INTERNAL, "cannot read " + file + ": " + e, e);
    }
  }
}
