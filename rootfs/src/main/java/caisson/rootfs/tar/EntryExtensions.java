package caisson.rootfs.tar;

import caisson.rootfs.tree.ByteString;
import java.util.Optional;

/** What came before a member's header and belongs to that member alone. */
final class EntryExtensions {
  private final PaxRecords records;
  private Optional<ByteString> name = Optional.empty();
  private Optional<ByteString> linkName = Optional.empty();

  EntryExtensions(TarInput input, TarLimits limits) {
    records = new PaxRecords(input, limits);
  }

  PaxRecords records() {
    return records;
  }

  /** GNU's long name (type L). */
  void name(ByteString longName) {
    name = Optional.of(longName);
  }

  Optional<ByteString> name() {
    return name;
  }

  /** GNU's long link target (type K). */
  void linkName(ByteString longLinkName) {
    linkName = Optional.of(longLinkName);
  }

  Optional<ByteString> linkName() {
    return linkName;
  }
}
