package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.DurableFiles;
import caisson.vmm.VmId;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Where everything of one machine is. Only the daemon's user may enter. */
record VmDirectory(Path path) {
  /** A record may be another build's: it may have fields that this one does not know. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** QEMU's monitor. */
  static final String QMP = "qmp";

  /** A second monitor, through which QEMU is handed descriptors. */
  static final String DESCRIPTORS = "fds";

  /** The host's end of the agent's port. */
  static final String AGENT = "agent";

  /** Where slirp4netns is told of ports to publish. */
  static final String PORTS = "ports";

  /** What QEMU says on standard error. */
  static final String LOG = "qemu.log";

  private static final String CONSOLE = "console";
  private static final String RECORD = "vm.json";

  static VmDirectory of(Path machines, VmId id) {
    return new VmDirectory(machines.resolve(id.value()));
  }

  VmId id() {
    return new VmId(path.getFileName().toString());
  }

  Path qmp() {
    return path.resolve(QMP);
  }

  Path descriptors() {
    return path.resolve(DESCRIPTORS);
  }

  Path agent() {
    return path.resolve(AGENT);
  }

  Path ports() {
    return path.resolve(PORTS);
  }

  BoundedFile log() {
    return BoundedFile.errorLog(path.resolve(LOG));
  }

  BoundedFile console() {
    return BoundedFile.console(path.resolve(CONSOLE));
  }

  /** Makes it, which claims the machine's id. */
  void create() {
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    try {
      Files.createDirectories(path.getParent(), mode);
      Files.createDirectory(path, mode);
    } catch (IOException e) {
      throw failure("make", e);
    }
  }

  void write(VmRecord content) {
    try {
      DurableFiles.write(path.resolve(RECORD), JSON.writeValueAsBytes(content));
    } catch (IOException e) {
      throw failure("write into", e);
    }
  }

  /** What {@link #write} wrote whole; empty if the daemon did not get that far. */
  Optional<VmRecord> read() {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(path.resolve(RECORD)), VmRecord.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void delete() {
    try {
      DurableFiles.deleteTree(path);
    } catch (IOException e) {
      throw failure("remove", e);
    }
  }

  private CaissonException failure(String what, IOException e) {
    return new CaissonException(
        ErrorCode.INTERNAL, "cannot " + what + " the machine's directory " + path + ": " + e, e);
  }
}
