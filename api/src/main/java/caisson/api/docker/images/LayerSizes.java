package caisson.api.docker.images;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.images.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What images take on disk, each layer counted once. */
public record LayerSizes(Images images) {
  /** Bytes of all. */
  public long total() {
    return images.list().stream()
        .flatMap(image -> layers(image.id()).stream())
        .collect(Collectors.toSet())
        .stream()
        .mapToLong(LayerSizes::size)
        .sum();
  }

  /** An image that is removed meanwhile has none. */
  private List<Path> layers(caisson.base.Digest image) {
    try {
      return images.layers(image);
    } catch (CaissonException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  private static long size(Path layer) {
    try {
      return Files.size(layer);
    } catch (IOException e) {
      return 0; // removed meanwhile
    }
  }
}
