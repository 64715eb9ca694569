package caisson.engine.sandbox;

import java.nio.file.Path;

/** Where on the host the files of a volume are. */
public sealed interface VolumePlace {
  /** A directory's content; several machines may use it at once. */
  record Directory(Path path) implements VolumePlace {}

  /** On a raw disk image with an ext4 file system, which one machine at a time may use. */
  record Disk(Path image) implements VolumePlace {}
}
