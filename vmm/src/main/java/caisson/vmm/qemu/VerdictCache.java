package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.DurableFiles;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps the verdict of a probe on disk, for as long as what was probed stays the same. */
record VerdictCache(Path directory) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String FILE = "accelerator.json";

  /** The file's content. */
  private record Entry(String host, Verdict verdict) {}

  /** The verdict on {@code host}; empty if there is none or it is on another one. */
  Optional<Verdict> read(String host) {
    try {
      var entry = JSON.readValue(Files.readAllBytes(directory.resolve(FILE)), Entry.class);
      return entry.host().equals(host) ? Optional.of(entry.verdict()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void write(String host, Verdict verdict) {
    try {
      DurableFiles.createDirectories(directory);
      DurableFiles.write(directory.resolve(FILE), JSON.writeValueAsBytes(new Entry(host, verdict)));
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL,
          "cannot keep the accelerator's verdict in " + directory + ": " + e,
          e);
    }
  }
}
