package caisson.images;

import caisson.base.Digest;
import caisson.oci.image.ImageConfig;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The images of this host. Every method blocks until it is done, belongs on a platform thread where
 * it reads or writes layers, and what it says it did is durable. Failures are {@link
 * caisson.base.CaissonException}s.
 */
public interface Images {
  /**
   * Loads a docker-archive or an OCI-layout tar, plain or compressed.
   *
   * @param progress told a line for each step, for people
   * @return the images that it held
   * @throws caisson.base.CaissonException CORRUPT if the archive is damaged, hostile or neither
   *     form
   */
  List<Image> load(InputStream archive, Consumer<String> progress);

  /** Makes an image of one layer from a root file system's tar, plain or compressed. */
  Image importRootfs(InputStream tar, ImageConfig config, Optional<Reference> name);

  /**
   * Makes an image of another one and one more layer. The layer comes by way of a file: nobody
   * waits for its conversion who writes it.
   *
   * @throws caisson.base.CaissonException NOT_FOUND if the image below is gone, NO_RESOURCES if the
   *     layer does not fit the disk, INVALID_ARGUMENT if it would be one too many
   */
  Image commit(Commit commit, LayerSource layer);

  /**
   * Brings an image from a registry. What has come of it stays if it is broken off, by an error or
   * by interrupting the caller, and a later pull goes on from there.
   *
   * @param progress told by several threads, one at a time
   * @throws caisson.base.CaissonException NOT_FOUND or UNAUTHORIZED if the registry does not give
   *     it, UNAVAILABLE or TIMEOUT if it cannot be reached, CORRUPT if it sends what is damaged or
   *     hostile, UNSUPPORTED for what is no image for Linux
   */
  Image pull(PullRequest request, Consumer<PullStep> progress);

  /** All images, newest first. */
  List<Image> list();

  /**
   * Finds an image by name (with Docker's defaults filled in), by id or by the beginning of an id.
   *
   * @throws caisson.base.CaissonException NOT_FOUND, or INVALID_ARGUMENT for what is no name or an
   *     ambiguous beginning
   */
  Image resolve(String nameOrId);

  /** Gives an image a further name, which moves here if another image had it. */
  void tag(Digest image, Reference name);

  /** Takes a name away; the image stays. */
  void untag(Reference name);

  /**
   * Removes an image with all its names, and the layers that no other image has.
   *
   * @return the layers that were deleted
   */
  List<Digest> remove(Digest image);

  /** The block images of an image's layers, bottom first; they stay while the image does. */
  List<Path> layers(Digest image);
}
