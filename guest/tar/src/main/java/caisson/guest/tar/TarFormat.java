package caisson.guest.tar;

/** Where a header block has its fields (POSIX.1-1988 ustar; pax, pax Interchange Format). */
final class TarFormat {
  static final int BLOCK = 512;

  static final int NAME = 0;
  static final int NAME_LENGTH = 100;
  static final int MODE = 100;
  static final int UID = 108;
  static final int GID = 116;
  static final int ID_LENGTH = 8;
  static final int SIZE = 124;
  static final int MODIFIED = 136;
  static final int LONG_LENGTH = 12;
  static final int CHECKSUM = 148;
  static final int TYPE = 156;
  static final int LINK = 157;
  static final int MAGIC = 257;
  static final int MAJOR = 329;
  static final int MINOR = 337;
  static final int PREFIX = 345;
  static final int PREFIX_LENGTH = 155;

  static final char PAX = 'x';
  static final char PAX_OF_ALL = 'g';
  static final char GNU_NAME = 'L';
  static final char GNU_LINK = 'K';

  /** What a pax record of an extended attribute begins with (star, libarchive, GNU tar). */
  static final String ATTRIBUTE = "SCHILY.xattr.";

  private TarFormat() {}

  /** The sum over a header, its own field counted as blanks. */
  static int checksum(byte[] header) {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean own = i >= CHECKSUM && i < CHECKSUM + ID_LENGTH;
      sum += own ? ' ' : header[i] & 0xff;
    }
    return sum;
  }

  /** How many bytes of zeros follow a content of {@code size} bytes. */
  static int padding(long size) {
    return (int) (-size & (BLOCK - 1));
  }
}
