package caisson.rootfs;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A stream whose bytes are hashed on a thread of their own while its reader works on them: hashing
 * a layer takes longer than all the rest. At most one block is waiting for it.
 */
final class HashedInput extends FilterInputStream {
  private final ExecutorService hashing =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("layer-digest").factory());

  /** Touched by the hashing thread, or by the reader when that has nothing to do. */
  private final MessageDigest digest = Digest.sha256();

  private byte[] block = new byte[0];
  private Future<?> pending = hashing.submit(() -> {});

  HashedInput(InputStream source) {
    super(source);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    if (count > 0) {
      await();
      if (block.length < count) {
        block = new byte[count];
      }
      System.arraycopy(target, offset, block, 0, count);
      pending = hashing.submit(() -> digest.update(block, 0, count));
    }
    return count;
  }

  /** The digest of all that has been read; call it once. */
  Digest digest() {
    await();
    return Digest.finish(digest);
  }

  private void await() {
    try {
      pending.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaissonException(
          ErrorCode.UNAVAILABLE, "interrupted while a layer was converted", e);
    } catch (ExecutionException e) {
      throw new AssertionError("hashing bytes cannot fail", e);
    }
  }

  /** Ends the thread; the source stays open, for it is its owner's. */
  @Override
  public void close() {
    hashing.close();
  }
}
