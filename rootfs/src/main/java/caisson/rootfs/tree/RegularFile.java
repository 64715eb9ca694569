package caisson.rootfs.tree;

import org.jspecify.annotations.Nullable;

/** A regular file; its data is already in an image. */
public final class RegularFile extends Node {
  private final long size;
  private final int volume;

  /** The first block of data in one piece, which is the usual case and needs no object. */
  private final int block;

  private final FileData.@Nullable Chunked chunks;

  /**
   * @param volume which of several images holds the data; 0 where there is only one
   */
  public RegularFile(Attributes attributes, long size, FileData data, int volume) {
    super(attributes);
    this.size = size;
    this.volume = volume;
    switch (data) {
      case FileData.Flat flat -> {
        block = flat.block();
        chunks = null;
      }
      case FileData.Chunked chunked -> {
        block = FileData.HOLE;
        chunks = chunked;
      }
    }
  }

  public long size() {
    return size;
  }

  public FileData data() {
    return chunks == null ? new FileData.Flat(block) : chunks;
  }

  public int volume() {
    return volume;
  }
}
