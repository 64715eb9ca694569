package caisson.engine.local;

import java.util.concurrent.locks.ReentrantLock;

/** A lock that a block of code holds. */
record Held(ReentrantLock lock) implements AutoCloseable {
  static Held of(ReentrantLock lock) {
    lock.lock();
    return new Held(lock);
  }

  @Override
  public void close() {
    lock.unlock();
  }
}
