package caisson.api.docker.containers;

import caisson.base.CaissonException;
import caisson.engine.Container;
import caisson.engine.Containers;
import caisson.images.Images;
import java.util.Optional;

/** What containers take on the host's disk, for those who ask. */
record ContainerSizes(Containers containers, Images images) {
  /**
   * Bytes; empty where nobody asked.
   *
   * @param own the container's own files
   * @param withImage the same with the image's layers
   */
  record Sizes(Optional<Long> own, Optional<Long> withImage) {
    static final Sizes UNASKED = new Sizes(Optional.empty(), Optional.empty());
  }

  Sizes of(Container container, boolean asked) {
    if (!asked) {
      return Sizes.UNASKED;
    }
    long own = containers.diskUsage(container.id()).bytes();
    return new Sizes(Optional.of(own), Optional.of(own + imageSize(container)));
  }

  /** A list goes on without what cannot be read of one image. */
  private long imageSize(Container container) {
    try {
      return images.resolve(container.request().sandbox().image().toString()).size().bytes();
    } catch (CaissonException e) {
      return 0;
    }
  }
}
