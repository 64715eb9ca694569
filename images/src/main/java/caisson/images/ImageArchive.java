package caisson.images;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.oci.image.Descriptor.Platform;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Reads an archive of images, in either form. */
final class ImageArchive {
  private ImageArchive() {}

  /**
   * Unpacks {@code tar} into {@code directory} and finds out what images it holds.
   *
   * @param tar uncompressed, its members in any order
   * @param directory for the archive's files; the caller removes it when done with the layers
   * @param here what the images must run on
   * @throws CaissonException CORRUPT if the archive is damaged, hostile or neither form;
   *     UNSUPPORTED if its images are for other machines; NO_RESOURCES if it does not fit the disk
   */
  static List<ArchivedImage> read(
      InputStream tar, Path directory, Platform here, ArchiveLimits limits) {
    var images = images(Members.unpack(tar, directory, limits), here, limits);
    if (images.isEmpty()) {
      throw new CaissonException(ErrorCode.CORRUPT, "the archive's list of images is empty");
    }
    return images;
  }

  private static List<ArchivedImage> images(Members members, Platform here, ArchiveLimits limits) {
    // Newer versions of Docker write both forms; only Docker's own has all names.
    var manifest = members.document(DockerArchive.MANIFEST);
    if (manifest.isPresent()) {
      return new DockerArchive(members, manifest.get(), limits).images();
    }
    var index = members.document(OciLayout.INDEX);
    if (index.isPresent() && members.find(OciLayout.MARK).isPresent()) {
      return new OciLayout(members, index.get(), here, limits).images();
    }
    throw new CaissonException(
        ErrorCode.CORRUPT,
        "the archive holds no images: it has neither a manifest.json, as docker save writes it, nor"
            + " an oci-layout and an index.json; a root file system is imported, not loaded");
  }
}
