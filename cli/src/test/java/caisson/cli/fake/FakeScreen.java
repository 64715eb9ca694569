package caisson.cli.fake;

import caisson.cli.console.Screen;
import caisson.linux.Terminal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A terminal, or none. */
public final class FakeScreen implements Screen {
  private final boolean terminal;
  private volatile Optional<Terminal.Size> size;
  private final AtomicInteger rawCount = new AtomicInteger();
  private final AtomicInteger restoredCount = new AtomicInteger();

  private FakeScreen(boolean terminal, Optional<Terminal.Size> size) {
    this.terminal = terminal;
    this.size = size;
  }

  /** Pipes and files. */
  public static FakeScreen none() {
    return new FakeScreen(false, Optional.empty());
  }

  public static FakeScreen of(int rows, int columns) {
    return new FakeScreen(true, Optional.of(new Terminal.Size(rows, columns)));
  }

  public void resize(int rows, int columns) {
    size = Optional.of(new Terminal.Size(rows, columns));
  }

  /** Whether it was in raw mode once and is not any more. */
  public boolean restored() {
    return rawCount.get() == 1 && restoredCount.get() == 1;
  }

  @Override
  public boolean readsKeys() {
    return terminal;
  }

  @Override
  public boolean shows() {
    return terminal;
  }

  @Override
  public boolean showsMessages() {
    return terminal;
  }

  @Override
  public Optional<Terminal.Size> size() {
    return size;
  }

  @Override
  public RawKeys rawKeys() {
    rawCount.incrementAndGet();
    return restoredCount::incrementAndGet;
  }
}
