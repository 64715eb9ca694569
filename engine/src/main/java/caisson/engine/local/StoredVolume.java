package caisson.engine.local;

import caisson.base.ByteSize;
import caisson.engine.Volume;
import caisson.engine.VolumeRequest;
import caisson.linux.DurableFiles;
import caisson.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What is written of a volume in its directory, as {@code volume.json}; never changed. */
record StoredVolume(
    String name,
    String created,
    boolean anonymous,
    Map<String, String> labels,
    Map<String, String> options,
    long disk) {
  private static final String FILE = "volume.json";
  private static final String DIRECTORY = "_data";
  private static final String DISK = "disk.ext4";

  StoredVolume {
    labels = labels == null ? Map.of() : labels;
    options = options == null ? Map.of() : options;
  }

  static StoredVolume of(String name, VolumeRequest request, Instant now) {
    return new StoredVolume(
        name,
        now.toString(),
        request.anonymous(),
        request.labels(),
        request.options(),
        request.disk().map(ByteSize::bytes).orElse(0L));
  }

  /** Where the files of the volume in {@code directory} are. */
  Path place(Path directory) {
    return directory.resolve(disk > 0 ? DISK : DIRECTORY);
  }

  void write(Path directory) throws IOException {
    DurableFiles.write(directory.resolve(FILE), Json.write(this));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws caisson.base.CaissonException CORRUPT if it is anything else
   */
  static StoredVolume read(Path directory) throws IOException {
    var file = directory.resolve(FILE);
    return Json.read(Files.readAllBytes(file), StoredVolume.class, file.toString());
  }

  Volume volume(Path directory) {
    return new Volume(
        name,
        Instant.parse(created),
        anonymous,
        labels,
        options,
        place(directory),
        disk > 0 ? Optional.of(new ByteSize(disk)) : Optional.empty());
  }
}
