package caisson.vmm.agent;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What guards all state of a conversation. Nobody waits for anything but its two conditions, and
 * nobody calls a listener, while holding it.
 */
final class Monitor {
  private final ReentrantLock lock = new ReentrantLock();

  /** There may be something to send. */
  private final Condition outgoing = lock.newCondition();

  /** Anything else that somebody may wait for: room, an end, a greeting. */
  private final Condition change = lock.newCondition();

  /** Held until closed. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  Held hold() {
    lock.lock();
    return lock::unlock;
  }

  void somethingToSend() {
    outgoing.signalAll();
  }

  Condition outgoing() {
    return outgoing;
  }

  void changed() {
    change.signalAll();
  }

  Condition change() {
    return change;
  }
}
