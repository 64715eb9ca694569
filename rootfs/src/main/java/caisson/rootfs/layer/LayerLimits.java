package caisson.rootfs.layer;

/**
 * What a layer may cost its reader, whatever its archive says.
 *
 * @param nodes the most files, directories and links, implied ones included
 * @param bytes the most bytes in names, link targets, attributes and block maps together
 * @param steps the most parts of paths looked at; links can make a short archive walk for hours
 */
public record LayerLimits(int nodes, long bytes, long steps) {
  public static final LayerLimits DEFAULT = new LayerLimits(1_000_000, 64L << 20, 100_000_000);
}
