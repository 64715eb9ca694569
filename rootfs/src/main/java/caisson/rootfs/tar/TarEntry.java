package caisson.rootfs.tar;

import caisson.rootfs.tree.Attributes;
import caisson.rootfs.tree.ByteString;
import java.util.Optional;

/**
 * One member of an archive, with all extended headers applied.
 *
 * @param name as the archive has it: may be absolute, have {@code ..} or end in a slash
 * @param size of the file when unpacked; 0 for everything but files
 * @param linkName target of a symbolic or hard link, else empty
 * @param sparse where the stored bytes belong, if the file has holes
 */
public record TarEntry(
    ByteString name,
    TarType type,
    Attributes attributes,
    long size,
    ByteString linkName,
    int deviceMajor,
    int deviceMinor,
    Optional<SparseMap> sparse) {}
