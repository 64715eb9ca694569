package caisson.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

final class MemoryFileTest {
  private static final long SIZE = 1L << 33;

  private static FileChannel open(MemoryFile file) throws IOException {
    return FileChannel.open(file.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Test
  void keepsWhatIsWrittenAndIsHolesElsewhere() throws IOException {
    try (var file = MemoryFile.create("test", SIZE);
        var channel = open(file)) {
      channel.write(ByteBuffer.wrap(new byte[] {7}), SIZE / 2);
      assertThat(channel.size()).isEqualTo(SIZE);
      assertThat(SparseFile.extents(file.path())).hasSize(1);
      var read = ByteBuffer.allocate(1);
      channel.read(read, SIZE / 2);
      assertThat(read.array()).containsExactly(7);
    }
  }

  @Test
  void cannotBeChangedOnceItIsSealed() throws IOException {
    try (var file = MemoryFile.create("test", 8192)) {
      file.seal();
      try (var channel = open(file)) {
        assertThatThrownBy(() -> channel.write(ByteBuffer.wrap(new byte[] {7}), 0))
            .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> channel.truncate(0)).isInstanceOf(IOException.class);
        var copy = channel.map(FileChannel.MapMode.PRIVATE, 0, 8192);
        copy.put(0, (byte) 7);
        assertThat(Files.readAllBytes(file.path())[0]).isZero();
      }
    }
  }

  @Test
  void isGoneWhenItIsClosed() throws IOException {
    var file = MemoryFile.create("test", 1);
    var path = file.path();
    assertThat(path).exists();
    file.close();
    assertThat(path).doesNotExist();
  }
}
