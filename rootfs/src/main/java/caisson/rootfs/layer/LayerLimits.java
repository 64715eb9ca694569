package caisson.rootfs.layer;

/**
 * What a layer may cost its reader, whatever its archive says.
 *
 * @param nodes the most files, directories and links, implied ones included
 * @param bytes the most bytes in names, link targets, attributes and block maps together
 * @param steps the most parts of paths looked at; links can make a short archive walk for hours
 */
public record LayerLimits(int nodes, long bytes, long steps) {
  /** More than the largest images in use have; what one directory tree is made for. */
  private static final int MOST_NODES = 1_000_000;

  private static final long MOST_BYTES = 64L << 20;
  private static final long MOST_STEPS = 100_000_000;

  /** What a node takes on the heap while a layer is converted, its short name included. */
  static final int NODE_BYTES = 200;

  /**
   * The limits of a layer that is converted in so much memory: two thirds of it for nodes, and the
   * rest for what they carry.
   */
  public static LayerLimits within(long memory) {
    return new LayerLimits(
        (int) Math.min(MOST_NODES, memory / 3 * 2 / NODE_BYTES),
        Math.min(MOST_BYTES, memory / 3),
        MOST_STEPS);
  }
}
