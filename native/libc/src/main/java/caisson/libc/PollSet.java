package caisson.libc;

/** A set of descriptors for poll(2), refilled before each wait. */
public final class PollSet implements AutoCloseable {
  public static final int POLLIN = 1;
  public static final int POLLPRI = 2;
  public static final int POLLOUT = 4;
  public static final int POLLERR = 8;
  public static final int POLLHUP = 16;
  public static final int POLLNVAL = 32;

  private static final int ENTRY = 8;

  private Block entries;
  private int count;

  public PollSet() {
    entries = Block.allocate(64 * ENTRY);
  }

  /** Forgets all descriptors. */
  public void clear() {
    count = 0;
  }

  public int size() {
    return count;
  }

  /** Adds {@code fd} with the events to wait for, and answers its place in the set. */
  public int add(int fd, int events) {
    if (count * ENTRY == entries.size()) {
      grow();
    }
    entries.putInt(count * ENTRY, fd);
    entries.putShort(count * ENTRY + 4, events);
    entries.putShort(count * ENTRY + 6, 0);
    return count++;
  }

  private void grow() {
    byte[] old = entries.bytes(0, entries.size());
    entries.close();
    entries = Block.allocate(2 * old.length);
    entries.put(0, old, 0, old.length);
  }

  /** Waits up to {@code milliseconds} (-1: for ever); says how many are ready, 0 after a signal. */
  public int await(int milliseconds) {
    int ready = Libc.poll(entries.pointer(), count, milliseconds);
    return ready < 0 && Errno.last() == Errno.EINTR ? 0 : Errno.check(ready, "poll", "");
  }

  /** What {@link #await} saw at {@code place}, 0 for nothing. */
  public int events(int place) {
    Block.checkRange(place, 1, count);
    return entries.getShort(place * ENTRY + 6);
  }

  public int fd(int place) {
    Block.checkRange(place, 1, count);
    return entries.getInt(place * ENTRY);
  }

  @Override
  public void close() {
    entries.close();
  }
}
