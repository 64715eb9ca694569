package caisson.images;

/**
 * What an archive of images may ask of its reader, whatever it says: all that it keeps in memory is
 * bounded by these.
 *
 * @param members the most files and links in it
 * @param nameBytes the longest name or link target
 * @param documentBytes the largest JSON document; registries take manifests of up to 4 MiB
 * @param allDocumentBytes the most bytes in all documents together
 * @param images the most images in it, and the most documents looked at to find them
 * @param layers the most layers of one image; Docker stops at 127 too
 * @param depth the most indexes inside of each other
 */
record ArchiveLimits(
    int members,
    int nameBytes,
    int documentBytes,
    int allDocumentBytes,
    int images,
    int layers,
    int depth) {
  static final ArchiveLimits DEFAULT =
      new ArchiveLimits(20_000, 512, 4 << 20, 16 << 20, 1_000, 127, 4);
}
