package caisson.oci.seccomp;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.oci.runtime.SeccompArg;
import caisson.oci.seccomp.Bpf.Test;
import java.math.BigInteger;

/**
 * A condition on one argument. BPF compares 32 bits at a time, so each comparison looks at the
 * upper half and, where that does not decide, at the lower.
 *
 * @param mask all ones but for a masked comparison
 */
record Condition(int index, Comparison comparison, long value, long mask) {
  private static final int ARGUMENTS = 6;
  private static final int FIRST_ARGUMENT = 16;
  private static final int WIDTH = 8;

  /** How an argument is compared, as unsigned numbers. */
  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /**
   * Reads a condition of the runtime spec.
   *
   * @throws CaissonException INVALID_ARGUMENT
   */
  static Condition of(SeccompArg arg) {
    if (arg.index() < 0 || arg.index() >= ARGUMENTS) {
      throw invalid("an argument's index is " + arg.index() + ", not 0 to 5");
    }
    long value = unsigned(arg.value());
    return switch (arg.op()) {
      case "SCMP_CMP_EQ" -> new Condition(arg.index(), Comparison.EQUAL, value, -1);
      case "SCMP_CMP_NE" -> new Condition(arg.index(), Comparison.NOT_EQUAL, value, -1);
      case "SCMP_CMP_LT" -> new Condition(arg.index(), Comparison.LESS, value, -1);
      case "SCMP_CMP_LE" -> new Condition(arg.index(), Comparison.LESS_OR_EQUAL, value, -1);
      case "SCMP_CMP_GT" -> new Condition(arg.index(), Comparison.GREATER, value, -1);
      case "SCMP_CMP_GE" -> new Condition(arg.index(), Comparison.GREATER_OR_EQUAL, value, -1);
      case "SCMP_CMP_MASKED_EQ" -> {
        long wanted = unsigned(arg.valueTwo().orElse(BigInteger.ZERO));
        yield new Condition(arg.index(), Comparison.EQUAL, wanted & value, value);
      }
      default -> throw invalid("there is no comparison " + arg.op());
    };
  }

  private static long unsigned(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
      throw invalid("the value " + value + " does not fit into 64 bits");
    }
    return value.longValue();
  }

  private static CaissonException invalid(String what) {
    return new CaissonException(ErrorCode.INVALID_ARGUMENT, "seccomp: " + what);
  }

  /**
   * A piece that goes into {@code yes} if the condition holds and otherwise leaves at its end.
   *
   * @param yes may leave at its end as well
   */
  Bpf guard(Bpf yes) {
    return switch (comparison) {
      case EQUAL -> equal(yes.size(), 0).then(yes);
      case NOT_EQUAL -> equal(0, yes.size()).then(yes);
      case GREATER -> greater(Test.GREATER, yes.size(), 0).then(yes);
      case GREATER_OR_EQUAL -> greater(Test.GREATER_OR_EQUAL, yes.size(), 0).then(yes);
      case LESS -> greater(Test.GREATER_OR_EQUAL, 0, yes.size()).then(yes);
      case LESS_OR_EQUAL -> greater(Test.GREATER, 0, yes.size()).then(yes);
    };
  }

  /** Jumps over so many instructions behind this piece if the halves differ, or if they do not. */
  private Bpf equal(int ifDifferent, int ifEqual) {
    var low = lower().then(Bpf.branch(Test.EQUAL, (int) value, ifEqual, ifDifferent));
    var high = Bpf.branch(Test.EQUAL, upperValue(), 0, low.size() + ifDifferent);
    return upper().then(high).then(low);
  }

  /** The same for an order; {@code last} decides about the lower halves. */
  private Bpf greater(Test last, int ifNot, int ifGreater) {
    var low = lower().then(Bpf.branch(last, (int) value, ifGreater, ifNot));
    var same = Bpf.branch(Test.EQUAL, upperValue(), 0, low.size() + ifNot);
    int decided = same.size() + low.size() + ifGreater;
    return upper().then(Bpf.branch(Test.GREATER, upperValue(), decided, 0)).then(same).then(low);
  }

  private int upperValue() {
    return (int) (value >>> Integer.SIZE);
  }

  private Bpf lower() {
    return word(FIRST_ARGUMENT + index * WIDTH, (int) mask);
  }

  private Bpf upper() {
    return word(FIRST_ARGUMENT + index * WIDTH + Integer.BYTES, (int) (mask >>> Integer.SIZE));
  }

  private static Bpf word(int offset, int mask) {
    return mask == -1 ? Bpf.load(offset) : Bpf.load(offset).then(Bpf.and(mask));
  }
}
