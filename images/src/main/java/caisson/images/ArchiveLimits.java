package caisson.images;

/**
 * What an archive of images may ask of its reader, whatever it says.
 *
 * @param members the most files and links in it
 * @param documentBytes the largest JSON document; registries take manifests of up to 4 MiB
 * @param images the most images in it, and the most documents looked at to find them
 * @param layers the most layers of one image; Docker stops at 127 too
 * @param depth the most indexes inside of each other
 */
record ArchiveLimits(int members, int documentBytes, int images, int layers, int depth) {
  public static final ArchiveLimits DEFAULT = new ArchiveLimits(20_000, 4 << 20, 1_000, 127, 4);
}
