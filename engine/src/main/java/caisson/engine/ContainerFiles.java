package caisson.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A way to a container's files, always by a guest that has them: the container's own while it runs,
 * otherwise one that was started for this. To be used and closed by the thread that opened it; a
 * container that does not run cannot be started or removed meanwhile.
 *
 * <p>Paths are the container's, absolute; failures are NOT_FOUND for what is not there and
 * INVALID_ARGUMENT for what is of another kind.
 */
public interface ContainerFiles extends AutoCloseable {
  /** What is at {@code path}; a slash at its end follows a link. */
  PathStatus status(String path);

  /**
   * Writes what is at {@code path}, and below, as a tar archive, in which it is called {@code
   * name}.
   *
   * @throws IOException if {@code to} takes no more
   */
  void read(String path, String name, OutputStream to) throws IOException;

  /**
   * Writes the whole root as a tar archive; what is mounted on it is an empty directory or file.
   *
   * @throws IOException if {@code to} takes no more
   */
  void readRoot(OutputStream to) throws IOException;

  /**
   * Writes what the container has of its own as a layer of an image (image-spec, layer.md).
   *
   * @param still whether its processes stand still meanwhile
   * @throws IOException if {@code to} takes no more
   */
  void readLayer(boolean still, OutputStream to) throws IOException;

  /** What the container has changed in its image, in the order of paths. */
  List<FileChange> changes();

  /**
   * Reads a tar archive into the directory at {@code path}.
   *
   * @param keepDirectories whether a directory may become nothing else, and nothing else a
   *     directory
   * @param owner whom everything is to belong to, as Docker writes users; empty for what the
   *     archive says
   * @throws IOException if {@code archive} cannot be read
   */
  void write(String path, boolean keepDirectories, Optional<String> owner, InputStream archive)
      throws IOException;

  @Override
  void close();

  /**
   * What is at a path.
   *
   * @param mode type and permissions (inode(7))
   * @param size bytes
   * @param link what a symbolic link holds; empty for all else
   */
  record PathStatus(int mode, long size, Instant modified, String link) {}
}
