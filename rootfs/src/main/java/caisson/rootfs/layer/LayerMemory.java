package caisson.rootfs.layer;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory of layers that are converted at the same time. The one that has begun first may take
 * what its own limits allow, so it always comes to its end. The others share a little, which is
 * enough for most layers, and where that is used up they wait: for each other, or to be the first.
 * A layer that comes slowly therefore holds up large ones only.
 */
public final class LayerMemory {
  /** Taken at once, so that not every member of an archive asks. */
  private static final long PORTION = 64 << 10;

  private final long forOthers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Oldest first; guarded by the lock, as what the others have taken in all. */
  private final Deque<Share> shares = new ArrayDeque<>();

  private long others;

  /**
   * Memory for conversions.
   *
   * @param forOthers bytes for all but the first
   */
  public LayerMemory(long forOthers) {
    this.forOthers = forOthers;
  }

  /** Begins a conversion. */
  public Share join() {
    var share = new Share();
    lock.lock();
    try {
      shares.addLast(share);
      return share;
    } finally {
      lock.unlock();
    }
  }

  /** What one conversion has taken; used by one thread. */
  public final class Share implements AutoCloseable {
    private long taken;
    private long used;

    private Share() {}

    /** Takes {@code bytes} more, and waits where others have to go first. */
    void take(long bytes) {
      used += bytes;
      if (used > taken) {
        long more = Math.max(used - taken, PORTION);
        await(this, more);
        taken += more;
      }
    }

    /** Gives everything back. */
    @Override
    public void close() {
      leave(this);
    }
  }

  private void await(Share share, long more) {
    lock.lock();
    try {
      while (shares.peekFirst() != share) {
        if (others + more <= forOthers) {
          others += more;
          return;
        }
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaissonException(
          ErrorCode.UNAVAILABLE, "interrupted while other layers were converted", e);
    } finally {
      lock.unlock();
    }
  }

  private void leave(Share share) {
    lock.lock();
    try {
      boolean first = shares.peekFirst() == share;
      shares.remove(share);
      var next = shares.peekFirst();
      others -= !first ? share.taken : next == null ? 0 : next.taken;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
