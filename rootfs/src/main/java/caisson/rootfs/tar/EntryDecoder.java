package caisson.rootfs.tar;

import caisson.rootfs.tree.Attributes;
import caisson.rootfs.tree.ByteString;
import caisson.rootfs.tree.Xattr;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Puts a member together from its header and the extended headers that apply to it. */
final class EntryDecoder {
  /** The member and how many bytes of content follow, which for a sparse file is less. */
  record Decoded(TarEntry entry, long stored) {}

  /** Linux has 12 bits for the major and 20 bits for the minor device number. */
  private static final long MAX_MAJOR = 0xfff;

  private static final long MAX_MINOR = 0xf_ffff;

  /** 0xffffffff means "do not change" to chown(2) and can own nothing. */
  private static final long MAX_ID = 0xffff_fffeL;

  private final TarInput input;
  private final TarLimits limits;
  private final TarHeader header;
  private final EntryExtensions extensions;
  private final PaxRecords global;

  EntryDecoder(
      TarInput input,
      TarLimits limits,
      TarHeader header,
      EntryExtensions extensions,
      PaxRecords global) {
    this.input = input;
    this.limits = limits;
    this.header = header;
    this.extensions = extensions;
    this.global = global;
  }

  Decoded decode() {
    var name = name();
    var type = type(name);
    long stored = record("size").map(global::decimal).orElseGet(header::size);
    if (type != TarType.FILE) {
      // These are headers only, whatever their size field says; a GNU dump directory has a list.
      long content = header.type() == 'D' ? stored : 0;
      return new Decoded(entry(name, type, 0, Optional.empty()), content);
    }
    return sparseFormat() ? sparse(name, stored) : plain(name, stored);
  }

  private Decoded plain(ByteString name, long stored) {
    return new Decoded(entry(name, TarType.FILE, stored, Optional.empty()), stored);
  }

  private boolean sparseFormat() {
    var records = extensions.records();
    return header.type() == 'S'
        || records.mentions("GNU.sparse.major")
        || records.mentions("GNU.sparse.map")
        || records.mentions("GNU.sparse.size");
  }

  private Decoded sparse(ByteString name, long stored) {
    var reader = new SparseReader(input, limits);
    var records = extensions.records();
    SparseMap map;
    long size;
    long inContent = 0;
    if (header.type() == 'S') {
      map = reader.old(header.block());
      size = reader.oldSize(header.block());
    } else if (records.sparseNumber("major").filter(major -> major > 0).isPresent()) {
      map = reader.lines();
      inContent = reader.consumed();
      size = records.sparseNumber("realsize").orElse(map.end());
    } else {
      map = reader.pairs(pairs(records), records);
      size = records.sparseNumber("size").orElse(map.end());
    }
    if (size < map.end() || map.dataBytes() != stored - inContent) {
      throw input.corrupt("the map of the sparse file " + name + " does not fit its size");
    }
    return new Decoded(entry(name, TarType.FILE, size, Optional.of(map)), stored - inContent);
  }

  private static List<ByteString> pairs(PaxRecords records) {
    return records.sparse("map").map(SparseReader::split).orElseGet(records::sparsePairs);
  }

  private TarEntry entry(ByteString name, TarType type, long size, Optional<SparseMap> sparse) {
    boolean device = type == TarType.CHARACTER_DEVICE || type == TarType.BLOCK_DEVICE;
    return new TarEntry(
        name,
        type,
        attributes(),
        size,
        linkName(type, name),
        device ? (int) bounded("major device number", header.deviceMajor(), MAX_MAJOR) : 0,
        device ? (int) bounded("minor device number", header.deviceMinor(), MAX_MINOR) : 0,
        sparse);
  }

  private TarType type(ByteString name) {
    return switch (header.type()) {
      // Version 7 and BSD mark a directory by the slash at the end of a file's name.
      case '\0', '0', '7' -> name.endsWith('/') ? TarType.DIRECTORY : TarType.FILE;
      case 'S' -> TarType.FILE;
      case '1' -> TarType.HARD_LINK;
      case '2' -> TarType.SYMLINK;
      case '3' -> TarType.CHARACTER_DEVICE;
      case '4' -> TarType.BLOCK_DEVICE;
      case '5', 'D' -> TarType.DIRECTORY;
      case '6' -> TarType.FIFO;
      default ->
          throw input.corrupt(
              String.format(
                  "the member %s has the type 0x%02x, which cannot be unpacked",
                  name, (int) header.type()));
    };
  }

  private ByteString name() {
    var name =
        extensions
            .records()
            .sparse("name")
            .or(() -> record("path"))
            .or(extensions::name)
            .orElseGet(header::name);
    return checkedPath("name of a member", name);
  }

  private ByteString linkName(TarType type, ByteString name) {
    if (type != TarType.HARD_LINK && type != TarType.SYMLINK) {
      return ByteString.EMPTY;
    }
    var target = record("linkpath").or(extensions::linkName).orElseGet(header::linkName);
    if (target.isEmpty()) {
      throw input.corrupt("the link " + name + " has no target");
    }
    return checkedPath("link target", target);
  }

  private ByteString checkedPath(String what, ByteString path) {
    if (path.length() > limits.path()) {
      throw input.corrupt(
          "the " + what + " has " + path.length() + " bytes, more than " + limits.path());
    }
    if (path.indexOf('\0', 0) >= 0) {
      throw input.corrupt("the " + what + " has a NUL byte: " + path);
    }
    return path;
  }

  private Attributes attributes() {
    long uid = record("uid").map(global::decimal).orElseGet(header::uid);
    long gid = record("gid").map(global::decimal).orElseGet(header::gid);
    Instant modified =
        record("mtime")
            .map(text -> PaxTime.parse(text, input))
            .orElseGet(() -> PaxTime.of(header.modified(), 0, input));
    return new Attributes(
        (int) header.mode() & 07777,
        (int) bounded("user id", uid, MAX_ID),
        (int) bounded("group id", gid, MAX_ID),
        modified,
        xattrs());
  }

  private List<Xattr> xattrs() {
    if (global.xattrs().isEmpty() && extensions.records().xattrs().isEmpty()) {
      return List.of();
    }
    var merged = new LinkedHashMap<>(global.xattrs());
    merged.putAll(extensions.records().xattrs());
    var list = new ArrayList<Xattr>();
    long bytes = 0;
    for (var xattr : merged.entrySet()) {
      bytes += xattr.getKey().length() + xattr.getValue().length();
      list.add(new Xattr(xattr.getKey(), xattr.getValue()));
    }
    bounded("size of the extended attributes", bytes, limits.xattrBytes());
    return list;
  }

  private long bounded(String what, long value, long limit) {
    if (value < 0 || value > limit) {
      throw input.corrupt("the " + what + " is out of range: " + value);
    }
    return value;
  }

  /** A record of the member's own extended header, or else of the archive's. */
  private Optional<ByteString> record(String key) {
    var own = extensions.records();
    return own.mentions(key) ? own.get(key) : global.get(key);
  }
}
