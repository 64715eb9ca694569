package caisson.vmm.qemu;

import caisson.base.ByteSize;
import caisson.base.Digest;
import caisson.linux.DurableFiles;
import caisson.linux.MemoryFile;
import caisson.linux.SparseFile;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;

/**
 * A template's directory: {@code memory}, sparse, {@code state}, and {@code template.json}, which
 * is written last and says what the other two hold. What is on disk is a copy: clones map one in
 * memory that nobody can write to.
 */
record TemplateFiles(Path directory) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEMORY = "memory";
  private static final String STATE = "state";
  private static final String RECORD = "template.json";
  private static final String NAME = "caisson-template";
  private static final int PIECE = 1 << 20;

  /**
   * What the files hold.
   *
   * @param size of the memory in bytes
   * @param extents where the memory is not all zeros
   * @param memory the digest of the extents' bytes, one after the other
   * @param state the digest of the state
   */
  private record Content(long size, List<SparseFile.Extent> extents, String memory, String state) {}

  Path state() {
    return directory.resolve(STATE);
  }

  /** What the files take, holes not counted. */
  ByteSize size() throws IOException {
    long memory = content().extents().stream().mapToLong(SparseFile.Extent::length).sum();
    return new ByteSize(memory + Files.size(state()));
  }

  Instant made() throws IOException {
    return Files.getLastModifiedTime(directory.resolve(RECORD)).toInstant();
  }

  private Content content() throws IOException {
    return JSON.readValue(Files.readAllBytes(directory.resolve(RECORD)), Content.class);
  }

  /** Keeps {@code memory} beside the state, which is there already. */
  void write(MemoryFile memory) throws IOException {
    var extents = SparseFile.extents(memory.path());
    try (var from = FileChannel.open(memory.path(), StandardOpenOption.READ);
        var to =
            FileChannel.open(
                directory.resolve(MEMORY),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
      var digest = copy(from, to, extents);
      to.force(true);
      var content = new Content(from.size(), extents, digest.hex(), stateDigest().hex());
      DurableFiles.write(directory.resolve(RECORD), JSON.writeValueAsBytes(content));
    }
  }

  /**
   * What was written, back in memory.
   *
   * @throws IOException if it is not whole, or not what was written
   */
  Template read() throws IOException {
    var content = content();
    if (!stateDigest().hex().equals(content.state())) {
      throw new IOException(state() + " is not what was written");
    }
    var memory = MemoryFile.create(NAME, content.size());
    try {
      fill(memory, content);
      memory.seal();
      return new Template(memory, state());
    } catch (IOException e) {
      memory.close();
      throw e;
    }
  }

  private void fill(MemoryFile memory, Content content) throws IOException {
    var file = directory.resolve(MEMORY);
    try (var from = FileChannel.open(file, StandardOpenOption.READ);
        var to = FileChannel.open(memory.path(), StandardOpenOption.WRITE)) {
      if (!copy(from, to, content.extents()).hex().equals(content.memory())) {
        throw new IOException(file + " is not what was written");
      }
    }
  }

  private Digest stateDigest() throws IOException {
    return Digest.of(Files.readAllBytes(state()));
  }

  private static Digest copy(FileChannel from, FileChannel to, List<SparseFile.Extent> extents)
      throws IOException {
    var digest = Digest.sha256();
    var piece = ByteBuffer.allocateDirect(PIECE);
    for (var extent : extents) {
      long end = extent.offset() + extent.length();
      for (long at = extent.offset(); at < end; at += PIECE) {
        piece.clear().limit((int) Math.min(PIECE, end - at));
        copy(from, to, piece, at, digest);
      }
    }
    return Digest.finish(digest);
  }

  private static void copy(
      FileChannel from, FileChannel to, ByteBuffer piece, long at, MessageDigest digest)
      throws IOException {
    while (piece.hasRemaining()) {
      if (from.read(piece, at + piece.position()) < 0) {
        throw new IOException("it ends at " + from.size() + ", before " + (at + piece.limit()));
      }
    }
    digest.update(piece.flip());
    piece.rewind();
    while (piece.hasRemaining()) {
      to.write(piece, at + piece.position());
    }
  }
}
