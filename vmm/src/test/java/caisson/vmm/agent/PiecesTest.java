package caisson.vmm.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class PiecesTest {
  private static final int LARGE = 16 << 10;

  private final Pieces pieces = new Pieces();

  @Property(tries = 200)
  void allBytesComeOutInTheirOrder(
      @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 40_000) Integer> lengths,
      @ForAll @IntRange(max = 10) int takenBetween) {
    var content = new Pieces();
    var in = new ByteArrayOutputStream();
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < lengths.size(); i++) {
      byte[] bytes = new byte[lengths.get(i)];
      Arrays.fill(bytes, (byte) i);
      int from = i % 3 == 0 ? bytes.length / 2 : 0;
      in.write(bytes, from, bytes.length - from);
      content.add(bytes, from);
      if (i % (takenBetween + 1) == 0) {
        content.poll().ifPresent(out::writeBytes);
      }
    }
    for (var piece = content.poll(); piece.isPresent(); piece = content.poll()) {
      out.writeBytes(piece.get());
    }
    assertThat(out.toByteArray()).isEqualTo(in.toByteArray());
    assertThat(content.isEmpty()).isTrue();
  }

  @Test
  void manySmallOnesAreFewPieces() {
    for (int i = 0; i < 10 * LARGE; i++) {
      pieces.add(new byte[1], 0);
    }
    for (int i = 0; i < 10; i++) {
      assertThat(pieces.poll()).get().extracting(bytes -> bytes.length).isEqualTo(LARGE);
    }
    assertThat(pieces.poll()).isEmpty();
  }

  @Test
  void aLargeOneIsNotCopied() {
    byte[] large = new byte[LARGE];
    pieces.add(new byte[0], 0);
    pieces.add(large, 0);
    assertThat(pieces.poll()).get().isSameAs(large);
    assertThat(pieces.isEmpty()).isTrue();
  }
}
