package caisson.launch;

import java.io.ByteArrayOutputStream;

/**
 * Assembles a seccomp filter: struct sock_filter of linux/filter.h, eight little-endian bytes an
 * instruction (code u16, jump if true u8, jump if false u8, operand u32).
 */
final class FilterCode {
  static final int RET_KILL_PROCESS = 0x80000000;
  static final int RET_USER_NOTIF = 0x7fc00000;
  static final int RET_ALLOW = 0x7fff0000;
  private static final int RET_ERRNO = 0x00050000;

  private static final int LOAD_WORD = 0x20;
  private static final int JUMP_EQUAL = 0x15;
  private static final int AND = 0x54;
  private static final int RETURN = 0x06;

  private static final int ARCH_OFFSET = 4;
  private static final int ARGUMENTS_OFFSET = 16;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  static int errno(int number) {
    return RET_ERRNO | number;
  }

  FilterCode loadNumber() {
    return add(LOAD_WORD, 0, 0, 0);
  }

  FilterCode loadArchitecture() {
    return add(LOAD_WORD, 0, 0, ARCH_OFFSET);
  }

  /** Loads the lower half of argument {@code index}. */
  FilterCode loadArgument(int index) {
    return add(LOAD_WORD, 0, 0, ARGUMENTS_OFFSET + 8 * index);
  }

  FilterCode loadUpperHalf(int index) {
    return add(LOAD_WORD, 0, 0, ARGUMENTS_OFFSET + 8 * index + 4);
  }

  FilterCode and(int mask) {
    return add(AND, 0, 0, mask);
  }

  /** Answers {@code result} if what is loaded is {@code value}. */
  FilterCode when(int value, int result) {
    return add(JUMP_EQUAL, 0, 1, value).answer(result);
  }

  /** Answers {@code result} unless what is loaded is {@code value}. */
  FilterCode unless(int value, int result) {
    return add(JUMP_EQUAL, 1, 0, value).answer(result);
  }

  /** Runs {@code block}, which must end with an answer, if what is loaded is {@code value}. */
  FilterCode when(int value, FilterCode block) {
    byte[] code = block.toBytes();
    if (code.length / 8 > 255) {
      throw new IllegalArgumentException("a block of more than 255 instructions");
    }
    return add(JUMP_EQUAL, 0, code.length / 8, value).append(block);
  }

  /** Goes on with the instructions of {@code other}. */
  FilterCode append(FilterCode other) {
    byte[] code = other.toBytes();
    bytes.write(code, 0, code.length);
    return this;
  }

  FilterCode answer(int result) {
    return add(RETURN, 0, 0, result);
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private FilterCode add(int code, int whenTrue, int whenFalse, int operand) {
    bytes.write(code);
    bytes.write(code >>> 8);
    bytes.write(whenTrue);
    bytes.write(whenFalse);
    for (int shift = 0; shift < 32; shift += 8) {
      bytes.write(operand >>> shift);
    }
    return this;
  }
}
