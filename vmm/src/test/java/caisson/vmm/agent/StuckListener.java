package caisson.vmm.agent;

import caisson.guest.protocol.Stream;
import java.util.concurrent.CountDownLatch;

/** Takes nothing until the latch opens, or the process is gone. */
final class StuckListener implements ProcessListener {
  private final CountDownLatch stuck;
  private final CountDownLatch arrived = new CountDownLatch(1);

  StuckListener(CountDownLatch stuck) {
    this.stuck = stuck;
  }

  void awaitOutput() throws InterruptedException {
    arrived.await();
  }

  @Override
  public void output(Stream stream, byte[] bytes) throws InterruptedException {
    arrived.countDown();
    stuck.await();
  }

  @Override
  public void exited() {
    stuck.countDown();
  }

  @Override
  public void ended(ProcessEnd end) {}
}
