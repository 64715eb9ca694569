package caisson.engine.sandbox;

import caisson.base.ByteSize;
import caisson.base.Digest;
import java.nio.file.Path;

/** Where a container's root file system comes from. */
public sealed interface RootFiles {
  /**
   * An image's layers, and a disk of the container's own for what it changes.
   *
   * @param image its id
   * @param disk the size of the writable disk
   */
  record OfImage(Digest image, ByteSize disk) implements RootFiles {}

  /** A directory of the host, which sees what the container changes in it. */
  record OfHost(Path directory) implements RootFiles {}
}
