package caisson.oci.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a classic BPF program (linux/filter.h). A piece is either closed, then every way
 * through it ends in an answer, or open, then some ways leave at its end.
 */
record Bpf(List<Instruction> code) {
  private static final int LOAD_WORD = 0x20;
  private static final int JUMP = 0x05;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_GREATER = 0x25;
  private static final int JUMP_IF_GREATER_OR_EQUAL = 0x35;
  private static final int JUMP_IF_BITS_SET = 0x45;
  private static final int AND = 0x54;
  private static final int RETURN = 0x06;
  private static final int LONGEST_BRANCH = 255;
  private static final int INSTRUCTION_SIZE = 8;

  /** struct sock_filter. */
  record Instruction(int operation, int ifTrue, int ifFalse, int operand) {}

  /** A comparison of the accumulator with a constant. */
  enum Test {
    EQUAL(JUMP_IF_EQUAL),
    GREATER(JUMP_IF_GREATER),
    GREATER_OR_EQUAL(JUMP_IF_GREATER_OR_EQUAL),
    BITS_SET(JUMP_IF_BITS_SET);

    private final int operation;

    Test(int operation) {
      this.operation = operation;
    }
  }

  static Bpf empty() {
    return new Bpf(List.of());
  }

  /** Loads the word at {@code offset} of struct seccomp_data. */
  static Bpf load(int offset) {
    return of(new Instruction(LOAD_WORD, 0, 0, offset));
  }

  static Bpf and(int mask) {
    return of(new Instruction(AND, 0, 0, mask));
  }

  static Bpf answer(int action) {
    return of(new Instruction(RETURN, 0, 0, action));
  }

  private static Bpf of(Instruction instruction) {
    return new Bpf(List.of(instruction));
  }

  /**
   * Goes into {@code yes} if the test holds, otherwise into what follows it.
   *
   * @param yes a closed piece
   */
  static Bpf when(Test test, int operand, Bpf yes) {
    return branch(test, operand, 0, yes.size()).then(yes);
  }

  /**
   * Goes into what follows if the test holds, otherwise into {@code no}.
   *
   * @param no a closed piece
   */
  static Bpf unless(Test test, int operand, Bpf no) {
    return branch(test, operand, no.size(), 0).then(no);
  }

  /**
   * Jumps over so many instructions behind this piece, one of the two none; what is too far for a
   * branch gets a jump of its own.
   */
  static Bpf branch(Test test, int operand, int ifTrue, int ifFalse) {
    if (Math.max(ifTrue, ifFalse) <= LONGEST_BRANCH) {
      return of(new Instruction(test.operation, ifTrue, ifFalse, operand));
    }
    boolean far = ifTrue > 0;
    var jump = of(new Instruction(JUMP, 0, 0, Math.max(ifTrue, ifFalse)));
    return of(new Instruction(test.operation, far ? 0 : 1, far ? 1 : 0, operand)).then(jump);
  }

  Bpf then(Bpf next) {
    var all = new ArrayList<>(code);
    all.addAll(next.code);
    return new Bpf(all);
  }

  int size() {
    return code.size();
  }

  /** struct sock_filter one after the other, little-endian. */
  byte[] toBytes() {
    var bytes = ByteBuffer.allocate(size() * INSTRUCTION_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    for (var each : code) {
      bytes.putShort((short) each.operation());
      bytes.put((byte) each.ifTrue()).put((byte) each.ifFalse()).putInt(each.operand());
    }
    return bytes.array();
  }
}
