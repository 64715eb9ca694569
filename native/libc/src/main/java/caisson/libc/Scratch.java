package caisson.libc;

import java.util.ArrayList;
import java.util.List;
import org.teavm.interop.Address;

/** Blocks that live as long as one call: what it handed out is freed when it is closed. */
public final class Scratch implements AutoCloseable {
  private final List<Block> blocks = new ArrayList<>();

  /** A zeroed block. */
  public Block block(int size) {
    return keep(Block.allocate(size));
  }

  /** A copy of {@code bytes}. */
  public Block block(byte[] bytes) {
    return keep(Block.of(bytes));
  }

  /** A zero-terminated string. */
  public Block string(String text) {
    return keep(Block.ofString(text));
  }

  /** A null-terminated array of zero-terminated strings, as execve takes it. */
  public Block strings(List<String> texts) {
    Block array = block(8 * (texts.size() + 1));
    for (int i = 0; i < texts.size(); i++) {
      array.putLong(8 * i, string(texts.get(i)).address());
    }
    return array;
  }

  Address path(String text) {
    return string(text).pointer();
  }

  private Block keep(Block block) {
    blocks.add(block);
    return block;
  }

  @Override
  public void close() {
    for (Block block : blocks) {
      block.close();
    }
    blocks.clear();
  }
}
