package caisson.rootfs;

import caisson.base.Digest;

/**
 * What came out of a conversion.
 *
 * @param diffId digest of the uncompressed archive, to its last byte
 * @param tarBytes length of the uncompressed archive
 * @param imageBytes length of the image, holes included
 */
public record ConvertedLayer(Digest diffId, long tarBytes, long imageBytes) {}
