package caisson.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class FramesTest {
  @Property
  void framesComeWholeHoweverTheyAreCut(
      @ForAll @Size(max = 20) List<byte[]> payloads, @ForAll @IntRange(min = 1, max = 50) int cut) {
    var stream = new ByteArrayOutputStream();
    payloads.forEach(it -> stream.writeBytes(new Frame(Frame.Kind.INPUT, it).encode()));
    var frames = new Frames();
    var found = new ArrayList<byte[]>();
    byte[] all = stream.toByteArray();
    for (int from = 0; from < all.length; from += cut) {
      byte[] piece = Arrays.copyOfRange(all, from, Math.min(all.length, from + cut));
      frames.add(piece, piece.length);
      for (var frame = frames.next(); frame.isPresent(); frame = frames.next()) {
        assertThat(frame.get().kind()).isEqualTo(Frame.Kind.INPUT);
        found.add(frame.get().payload());
      }
    }
    assertThat(found).usingRecursiveComparison().isEqualTo(payloads);
  }

  @Property
  void whatIsNoFrameIsRefusedAndNothingElseHappens(@ForAll byte[] bytes) {
    var frames = new Frames();
    frames.add(bytes, bytes.length);
    try {
      while (frames.next().isPresent()) {}
    } catch (InvalidFrameException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Test
  void numbersStandWhereTheyAreSaidTo() {
    var output = Frame.output(2, 1L << 40, new byte[] {7, 8, 9}, 1, 2);
    assertThat(output.source()).isEqualTo(2);
    assertThat(output.longAt(1)).isEqualTo(1L << 40);
    assertThat(output.payload()).endsWith(8, 9).hasSize(11);
    assertThat(Frame.numbers(Frame.Kind.RESIZE, 24, -80).intAt(4)).isEqualTo(-80);
    assertThat(Frame.hello(3, -4).longAt(8)).isEqualTo(-4);
    assertThatThrownBy(() -> Frame.numbers(Frame.Kind.ENDED, 1).longAt(0))
        .isInstanceOf(InvalidFrameException.class);
  }

  @Test
  void theLargestFrameIsTakenAndALargerOneRefused() {
    var frames = new Frames();
    byte[] largest = new Frame(Frame.Kind.INPUT, new byte[Frame.MAX_PAYLOAD]).encode();
    frames.add(largest, largest.length);
    assertThat(frames.next()).isPresent();
    byte[] larger = new Frame(Frame.Kind.INPUT, new byte[Frame.MAX_PAYLOAD + 1]).encode();
    frames.add(larger, larger.length);
    assertThatThrownBy(frames::next).isInstanceOf(InvalidFrameException.class);
  }
}
