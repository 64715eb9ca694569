package caisson.rootfs.tree;

/** A regular file; its data is already in an image. */
public final class RegularFile extends Node {
  private final long size;
  private final FileData data;
  private final int volume;

  /**
   * @param volume which of several images holds the data; 0 where there is only one
   */
  public RegularFile(Attributes attributes, long size, FileData data, int volume) {
    super(attributes);
    this.size = size;
    this.data = data;
    this.volume = volume;
  }

  public long size() {
    return size;
  }

  public FileData data() {
    return data;
  }

  public int volume() {
    return volume;
  }
}
