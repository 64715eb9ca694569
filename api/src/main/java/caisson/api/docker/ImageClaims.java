package caisson.api.docker;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets a container be created or an image be removed, one at a time: an image that was just found
 * must not be gone when the container that needs it is recorded.
 */
public final class ImageClaims {
  private final ReentrantLock lock = new ReentrantLock();

  /** Does {@code work} while no image is removed and no container created elsewhere. */
  public <T> T holding(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
