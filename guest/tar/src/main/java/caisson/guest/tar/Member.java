package caisson.guest.tar;

import java.util.List;

/**
 * What a tar archive says of one file, before its content.
 *
 * @param name relative; that of a directory may end with a slash where it was read, and does not
 *     where it is to be written
 * @param type as in the header: 0 file, 1 hard link, 2 symbolic link, 3 and 4 devices, 5 directory,
 *     6 FIFO
 * @param mode permission bits
 * @param size of the content, bytes
 * @param modified seconds since 1970
 * @param link what a link leads to; empty for all else
 */
public record Member(
    String name,
    char type,
    int mode,
    int uid,
    int gid,
    long size,
    long modified,
    String link,
    int major,
    int minor,
    List<Attribute> attributes) {
  public static final char FILE = '0';
  public static final char HARD_LINK = '1';
  public static final char SYMBOLIC_LINK = '2';
  public static final char CHARACTER_DEVICE = '3';
  public static final char BLOCK_DEVICE = '4';
  public static final char DIRECTORY = '5';
  public static final char FIFO = '6';

  /** An extended attribute. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  public record Attribute(String name, byte[] value) {}
}
