package caisson.images;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.rootfs.tar.TarEntry;
import caisson.rootfs.tar.TarReader;
import caisson.rootfs.tree.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The regular files of an archive, unpacked so that they can be read in any order. Each lies in a
 * file of the host that has a number for its name: no name of the archive's is ever used as a path.
 * Members under {@value #BLOBS} are checked against the digests that name them.
 */
final class Members {
  static final String BLOBS = "blobs/sha256/";

  /** Docker writes a link where two images share a layer; nobody chains them. */
  private static final int MAX_LINKS = 8;

  private final Map<String, Path> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();
  private final Path directory;
  private final ArchiveLimits limits;
  private int count;
  private long documentBytes;

  private Members(Path directory, ArchiveLimits limits) {
    this.directory = directory;
    this.limits = limits;
  }

  /**
   * Unpacks all of {@code tar} into {@code directory}, which is the caller's to remove.
   *
   * @throws CaissonException CORRUPT, or NO_RESOURCES if the files cannot be written
   */
  static Members unpack(InputStream tar, Path directory, ArchiveLimits limits) {
    var members = new Members(directory, limits);
    var archive = new TarReader(tar);
    for (var entry = archive.next(); entry.isPresent(); entry = archive.next()) {
      members.add(archive, entry.get());
    }
    archive.drain();
    return members;
  }

  private void add(TarReader archive, TarEntry entry) {
    if (++count > limits.members()) {
      throw archive.corrupt("it has more than " + limits.members() + " members");
    }
    if (Math.max(entry.name().length(), entry.linkName().length()) > limits.nameBytes()) {
      throw archive.corrupt("it has a name of more than " + limits.nameBytes() + " bytes");
    }
    String name = normal(text(entry.name()));
    links.remove(name);
    switch (entry.type()) {
      case FILE -> addFile(archive, entry, name);
      case SYMLINK -> links.put(name, normal(name + "/../" + text(entry.linkName())));
      case HARD_LINK -> links.put(name, normal(text(entry.linkName())));
      case DIRECTORY, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> {}
    }
  }

  private void addFile(TarReader archive, TarEntry entry, String name) {
    if (entry.sparse().isPresent()) {
      throw archive.corrupt("its member " + name + " is a sparse file");
    }
    var file = directory.resolve("member-" + count);
    boolean blob = name.startsWith(BLOBS);
    var digest = Digest.sha256();
    try (var output = Files.newOutputStream(file)) {
      archive.content((bytes, offset, length) -> {
        if (blob) {
          digest.update(bytes, offset, length);
        }
        write(output, bytes, offset, length);
      });
    } catch (IOException e) {
      throw unwritable(e);
    }
    if (blob) {
      check(archive, name, Digest.finish(digest));
    }
    files.put(name, file);
  }

  private static void check(TarReader archive, String name, Digest actual) {
    if (!name.substring(BLOBS.length()).equals(actual.hex())) {
      throw archive.corrupt("its member " + name + " is damaged: its digest is " + actual);
    }
  }

  private void write(OutputStream output, byte[] bytes, int offset, int length) {
    try {
      output.write(bytes, offset, length);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private CaissonException unwritable(IOException e) {
    return new CaissonException(
        ErrorCode.NO_RESOURCES, "cannot unpack the archive in " + directory + ": " + e, e);
  }

  /** The file with the content of member {@code name}, which may be a link in the archive. */
  Optional<Path> find(String name) {
    String target = normal(name);
    for (int i = 0; i < MAX_LINKS && links.containsKey(target); i++) {
      target = links.get(target);
    }
    return Optional.ofNullable(files.get(target));
  }

  /** The file whose content has {@code digest}. */
  Optional<Path> blob(Digest digest) {
    return Optional.ofNullable(files.get(BLOBS + digest.hex()));
  }

  /** The document that is member {@code name}. */
  Optional<Document> document(String name) {
    return find(name).map(file -> read(file, name));
  }

  /** Reads {@code file}, which is member {@code name}. */
  Document read(Path file, String name) {
    try {
      long size = Files.size(file);
      documentBytes += size;
      if (size > limits.documentBytes()) {
        throw tooLarge(name, "is larger than " + limits.documentBytes());
      }
      if (documentBytes > limits.allDocumentBytes()) {
        throw tooLarge(name, "and other documents have more than " + limits.allDocumentBytes());
      }
      return new Document(name, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot read the unpacked member " + file + ": " + e, e);
    }
  }

  private static CaissonException tooLarge(String name, String why) {
    return new CaissonException(ErrorCode.CORRUPT, "the archive's " + name + " " + why + " bytes");
  }

  private static String text(ByteString name) {
    return new String(name.toByteArray(), StandardCharsets.UTF_8);
  }

  /** A name without empty parts, "." and "..", as if the archive were a root file system. */
  private static String normal(String name) {
    var parts = new ArrayDeque<String>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }
}
