package caisson.rootfs.tar;

import caisson.rootfs.tree.ByteString;
import caisson.rootfs.tree.Xattr;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The records of an extended header (POSIX.1-2001 pax): each is {@code LENGTH KEY=VALUE\n}, where
 * LENGTH counts the whole record. Values are bytes: those of extended attributes may hold anything.
 */
final class PaxRecords {
  private static final String SPARSE = "GNU.sparse.";
  private static final String SCHILY = "SCHILY.xattr.";
  private static final String ACL = "SCHILY.acl.";
  private static final String LIBARCHIVE = "LIBARCHIVE.xattr.";
  private static final Set<String> KEYS = Set.of("path", "linkpath", "size", "uid", "gid", "mtime");
  private static final int LONGEST_KEY = 1024;

  private final Map<String, ByteString> values = new HashMap<>();
  private final Map<ByteString, ByteString> xattrs = new LinkedHashMap<>();
  private final List<ByteString> sparsePairs = new ArrayList<>();
  private final TarInput input;
  private final TarLimits limits;
  private long kept;

  PaxRecords(TarInput input, TarLimits limits) {
    this.input = input;
    this.limits = limits;
  }

  /** Adds the records of one extended header; a later record replaces an earlier one. */
  void add(ByteString data) {
    int at = 0;
    while (at < data.length()) {
      int blank = data.indexOf(' ', at);
      long length = blank < 0 ? -1 : decimal(data.substring(at, blank));
      if (length <= blank - at || length > data.length() - at) {
        throw input.corrupt("a record of an extended header has a wrong length");
      }
      int end = at + (int) length;
      int equals = data.indexOf('=', blank + 1);
      if (data.at(end - 1) != '\n' || equals < 0 || equals >= end || equals == blank + 1) {
        throw input.corrupt("a record of an extended header is not of the form KEY=VALUE");
      }
      addRecord(data.substring(blank + 1, equals), data.substring(equals + 1, end - 1));
      at = end;
    }
  }

  private void addRecord(ByteString key, ByteString value) {
    // Several extended headers may precede a member, and global ones add up.
    kept += key.length() + value.length();
    if (kept > limits.extension()) {
      throw input.corrupt("the extended headers have more than " + limits.extension() + " bytes");
    }
    if (key.length() > LONGEST_KEY) {
      throw input.corrupt("a key of an extended header has " + key.length() + " bytes");
    }
    String text = new String(key.toByteArray(), StandardCharsets.ISO_8859_1);
    if (text.startsWith(SCHILY)) {
      putXattr(key.substring(SCHILY.length()), value);
    } else if (text.startsWith(LIBARCHIVE)) {
      var name = LibarchiveText.unescape(key.substring(LIBARCHIVE.length()));
      // Archives that have both forms have the same value in both.
      if (!xattrs.containsKey(name)) {
        putXattr(name, LibarchiveText.base64(value, input));
      }
    } else if (text.startsWith(ACL)) {
      var name = ByteString.of("system.posix_acl_" + text.substring(ACL.length()));
      AclText.parse(value).ifPresent(acl -> putXattr(name, acl));
    } else if (text.equals(SPARSE + "offset") || text.equals(SPARSE + "numbytes")) {
      sparsePairs.add(value);
    } else if (KEYS.contains(text) || text.startsWith(SPARSE)) {
      values.put(text, value);
    }
  }

  private void putXattr(ByteString name, ByteString value) {
    if (name.isEmpty() || name.length() > Xattr.MAX_NAME || name.indexOf('\0', 0) >= 0) {
      throw input.corrupt("\"" + name + "\" cannot be the name of an extended attribute");
    }
    if (value.length() > Xattr.MAX_VALUE) {
      throw input.corrupt(
          "the attribute " + name + " has " + value.length() + " bytes, more than Linux takes");
    }
    xattrs.put(name, value);
  }

  /** The value of {@code key}; one of length zero withdraws the key. */
  Optional<ByteString> get(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
  }

  boolean mentions(String key) {
    return values.containsKey(key);
  }

  Optional<ByteString> sparse(String key) {
    return get(SPARSE + key);
  }

  /** The number in the sparse record {@code key}. */
  Optional<Long> sparseNumber(String key) {
    return sparse(key).map(this::decimal);
  }

  /** Offsets and lengths in turn, as format 0.0 of GNU sparse files has them. */
  List<ByteString> sparsePairs() {
    return sparsePairs;
  }

  Map<ByteString, ByteString> xattrs() {
    return xattrs;
  }

  /** Reads a number that may not be negative. */
  long decimal(ByteString digits) {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.at(i) - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        throw notANumber(digits);
      }
      value = value * 10 + digit;
    }
    if (digits.isEmpty()) {
      throw notANumber(digits);
    }
    return value;
  }

  private RuntimeException notANumber(ByteString digits) {
    return input.corrupt("an extended header has \"" + digits + "\" where a number must be");
  }
}
