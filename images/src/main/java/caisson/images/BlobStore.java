package caisson.images;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.linux.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Configurations and manifests, to the byte, each in a file named by its digest. */
record BlobStore(Path directory) {
  /** Stores a document, durably. */
  void write(Document document) throws IOException {
    DurableFiles.write(path(document.digest()), document.bytes());
  }

  /**
   * Reads a document.
   *
   * @throws CaissonException CORRUPT if its file is missing or has changed
   */
  Document read(Digest digest) {
    try {
      var document = new Document(digest.toString(), Files.readAllBytes(path(digest)));
      if (document.digest().equals(digest)) {
        return document;
      }
      throw new CaissonException(
          ErrorCode.CORRUPT,
          "the image's document " + path(digest) + " has changed: load it again");
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.CORRUPT, "cannot read the image's document " + path(digest) + ": " + e, e);
    }
  }

  void delete(Digest digest) throws IOException {
    Files.deleteIfExists(path(digest));
  }

  /** Deletes every file that is none of {@code blobs}. */
  void sweep(Set<Digest> blobs) throws IOException {
    Sweep.keeping(directory, blobs, "");
  }

  private Path path(Digest digest) {
    return directory.resolve(digest.hex());
  }
}
