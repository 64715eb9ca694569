package caisson.rootfs.tar;

/**
 * What an archive may ask of its reader. Everything that the reader holds in memory at one time is
 * bounded by these numbers and not by the archive.
 *
 * @param path the longest member name or link target, in bytes (Linux: PATH_MAX without its NUL)
 * @param extension the largest extended header or GNU long name, in bytes
 * @param sparseExtents the most data extents in one sparse file
 * @param xattrBytes the most bytes in the attributes of one member, names included
 */
public record TarLimits(int path, int extension, int sparseExtents, int xattrBytes) {
  public static final TarLimits DEFAULT = new TarLimits(4095, 1 << 20, 1 << 18, 128 << 10);
}
