package caisson.rootfs.tar;

/** What a member of an archive is. */
public enum TarType {
  FILE,
  HARD_LINK,
  SYMLINK,
  CHARACTER_DEVICE,
  BLOCK_DEVICE,
  DIRECTORY,
  FIFO
}
