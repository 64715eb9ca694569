package caisson.rootfs.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LayerMemoryTest {
  private static final long ROOM = 1 << 20;

  private final LayerMemory memory = new LayerMemory(ROOM);

  private static CompletableFuture<Void> takeMeanwhile(LayerMemory.Share share, long bytes) {
    var taking = new CompletableFuture<Void>();
    Thread.ofPlatform()
        .start(() -> {
          share.take(bytes);
          taking.complete(null);
        });
    return taking;
  }

  @Test
  void theFirstNeverWaits() {
    try (var first = memory.join();
        var second = memory.join()) {
      second.take(ROOM);
      first.take(100 * ROOM);
    }
    try (var next = memory.join()) {
      next.take(2 * ROOM);
    }
  }

  @Test
  void othersWaitForEachOtherOrToBeTheFirst() {
    var first = memory.join();
    var second = memory.join();
    var third = memory.join();
    second.take(ROOM);
    var waiting = takeMeanwhile(third, 1);
    assertThat(waiting).isNotDone();
    second.close();
    waiting.join();
    var large = takeMeanwhile(third, 2 * ROOM);
    assertThat(large).isNotDone();
    first.close();
    large.join();
    third.close();
  }

  @Test
  void whatIsGivenBackIsThereForOthersWhateverTheOrder() {
    var shares = new ArrayList<LayerMemory.Share>();
    for (int i = 0; i < 8; i++) {
      shares.add(memory.join());
    }
    shares.forEach(share -> share.take(ROOM / 8));
    for (int i : List.of(3, 0, 7, 1, 2, 6, 4, 5)) {
      shares.get(i).close();
    }
    try (var first = memory.join();
        var second = memory.join()) {
      first.take(ROOM);
      second.take(ROOM);
    }
  }

  @Test
  void anInterruptEndsTheWait() {
    try (var first = memory.join();
        var second = memory.join()) {
      first.take(1);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> second.take(2 * ROOM)).isInstanceOf(CaissonException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
