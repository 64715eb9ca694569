package caisson.rootfs.layer;

import caisson.rootfs.tar.SparseMap;
import caisson.rootfs.tar.TarReader;
import caisson.rootfs.tree.FileData;

/** Where the data of regular files goes while a layer is read. */
public interface DataStore {
  /** Stores the content of the reader's current member, which has no holes. */
  FileData store(TarReader content, long size);

  /** Stores the content of the reader's current member where {@code map} says. */
  FileData store(TarReader content, long size, SparseMap map);
}
