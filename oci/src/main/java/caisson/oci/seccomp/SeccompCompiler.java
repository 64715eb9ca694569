package caisson.oci.seccomp;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.oci.runtime.Seccomp;
import caisson.oci.seccomp.Bpf.Test;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns a profile of the runtime spec (config-linux.md, "Seccomp") into the program that seccomp(2)
 * takes.
 *
 * <ul>
 *   <li>The native architecture is always there; calls through an entry that the profile does not
 *       list end the process.
 *   <li>For one system call, conditional rules count in their order, then the first unconditional
 *       one, then the default action.
 *   <li>Where the default refuses with an errno, calls that are newer than the tables get ENOSYS,
 *       so that programs fall back to older ones (as runc does).
 * </ul>
 */
public final class SeccompCompiler {
  /** The most instructions that the kernel takes (BPF_MAXINSNS). */
  private static final int MAX_INSTRUCTIONS = 4096;

  private static final int NUMBER = 0;
  private static final int ARCHITECTURE = 4;
  private static final int ENOSYS = 38;

  private final Seccomp profile;
  private final int defaultAction;

  private SeccompCompiler(Seccomp profile) {
    this.profile = profile;
    this.defaultAction = Action.parse(profile.defaultAction(), profile.defaultErrnoRet());
  }

  /**
   * Compiles a profile.
   *
   * @return struct sock_filter (8 bytes each, little-endian), one after the other
   * @throws CaissonException INVALID_ARGUMENT if the profile makes no sense or becomes too large,
   *     UNSUPPORTED if it needs a listener
   */
  public static byte[] compile(Seccomp profile) {
    var program = new SeccompCompiler(profile).program();
    if (program.size() > MAX_INSTRUCTIONS) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "seccomp: the profile becomes a program of "
              + program.size()
              + " instructions; the kernel takes "
              + MAX_INSTRUCTIONS);
    }
    return program.toBytes();
  }

  private Bpf program() {
    var wanted = architectures();
    var x32 = wanted.contains(Architecture.X32) ? table(Architecture.X32) : kill();
    var x86 = wanted.contains(Architecture.X86) ? table(Architecture.X86) : kill();
    var native64 =
        Bpf.load(NUMBER)
            .then(Bpf.when(Test.BITS_SET, Architecture.X32.numberBit(), x32))
            .then(table(Architecture.X86_64));
    return Bpf.load(ARCHITECTURE)
        .then(Bpf.when(Test.EQUAL, Architecture.X86_64.audit(), native64))
        .then(Bpf.unless(Test.EQUAL, Architecture.X86.audit(), kill()))
        .then(Bpf.load(NUMBER))
        .then(x86);
  }

  private static Bpf kill() {
    return Bpf.answer(Action.KILL_PROCESS);
  }

  private Set<Architecture> architectures() {
    var wanted = EnumSet.of(Architecture.X86_64);
    for (var name : profile.architectures()) {
      Architecture.named(name).ifPresent(wanted::add);
    }
    return wanted;
  }

  /** Numbers from {@code first} on, up to where the next range begins. */
  private record Range(int first, Bpf decision) {}

  /** A closed piece that decides by the number in the accumulator. */
  private Bpf table(Architecture architecture) {
    var rules = rules(architecture);
    var ranges = new ArrayList<Range>();
    for (int number = 0; number <= architecture.syscalls().last(); number++) {
      add(ranges, number, decision(rules.getOrDefault(number, List.of())));
    }
    int newer = Action.refuses(defaultAction) ? Action.errno(ENOSYS) : defaultAction;
    add(ranges, architecture.syscalls().last() + 1, Bpf.answer(newer));
    return search(ranges, architecture.numberBit());
  }

  private static void add(List<Range> ranges, int first, Bpf decision) {
    if (ranges.isEmpty() || !ranges.getLast().decision().equals(decision)) {
      ranges.add(new Range(first, decision));
    }
  }

  private Map<Integer, List<Rule>> rules(Architecture architecture) {
    var rules = new HashMap<Integer, List<Rule>>();
    for (var each : profile.syscalls()) {
      var made = Rule.of(each);
      for (var name : each.names()) {
        architecture
            .syscalls()
            .number(name)
            .ifPresent(
                number -> rules.computeIfAbsent(number, _ -> new ArrayList<>()).addAll(made));
      }
    }
    return rules;
  }

  private Bpf decision(List<Rule> rules) {
    var piece = Bpf.empty();
    for (var rule : rules) {
      piece = rule.conditions().isEmpty() ? piece : piece.then(rule.guard());
    }
    int otherwise =
        rules.stream()
            .filter(rule -> rule.conditions().isEmpty())
            .findFirst()
            .map(Rule::action)
            .orElse(defaultAction);
    return piece.then(Bpf.answer(otherwise));
  }

  /** Finds a number's range by halving. */
  private static Bpf search(List<Range> ranges, int numberBit) {
    if (ranges.size() == 1) {
      return ranges.getFirst().decision();
    }
    int middle = ranges.size() / 2;
    var lower = search(ranges.subList(0, middle), numberBit);
    var upper = search(ranges.subList(middle, ranges.size()), numberBit);
    int first = ranges.get(middle).first() | numberBit;
    return Bpf.unless(Test.GREATER_OR_EQUAL, first, lower).then(upper);
  }
}
