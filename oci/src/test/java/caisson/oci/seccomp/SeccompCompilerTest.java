package caisson.oci.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.oci.runtime.Seccomp;
import caisson.oci.runtime.SeccompArg;
import caisson.oci.runtime.SeccompRule;
import caisson.testkit.BpfMachine;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SeccompCompilerTest {
  private static final int X86_64 = 0xc000003e;
  private static final int X86 = 0x40000003;
  private static final int AARCH64 = 0xc00000b7;
  private static final int READ = 0;
  private static final int ALLOW = 0x7fff0000;
  private static final int EPERM = 0x00050001;
  private static final int ENOSYS = 0x00050026;
  private static final int KILL_PROCESS = 0x80000000;

  private static Seccomp profile(List<String> architectures, SeccompRule... rules) {
    return new Seccomp(
        "SCMP_ACT_ERRNO",
        Optional.empty(),
        architectures,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(rules));
  }

  private static SeccompRule allow(String name, SeccompArg... args) {
    return new SeccompRule(List.of(name), "SCMP_ACT_ALLOW", Optional.empty(), List.of(args));
  }

  private static SeccompArg arg(int index, String op, long value, long two) {
    return new SeccompArg(
        index,
        new BigInteger(Long.toUnsignedString(value)),
        Optional.of(new BigInteger(Long.toUnsignedString(two))),
        op);
  }

  private static BpfMachine machine(Seccomp profile) {
    return new BpfMachine(SeccompCompiler.compile(profile));
  }

  @Test
  void theDefaultActionCountsWhereNoRuleDoes() {
    var filter = machine(profile(List.of(), allow("read")));
    assertThat(filter.answer(X86_64, READ)).isEqualTo(ALLOW);
    assertThat(filter.answer(X86_64, 1)).isEqualTo(EPERM);
  }

  @Test
  void callsNewerThanTheTablesAreNotImplemented() {
    var filter = machine(profile(List.of("SCMP_ARCH_X32"), allow("read")));
    assertThat(filter.answer(X86_64, 450)).isEqualTo(EPERM);
    assertThat(filter.answer(X86_64, 451)).isEqualTo(ENOSYS);
    assertThat(filter.answer(X86_64, 547 | 0x40000000)).isEqualTo(EPERM);
    assertThat(filter.answer(X86_64, 548 | 0x40000000)).isEqualTo(ENOSYS);
  }

  @Test
  void entriesThatTheProfileDoesNotListEndTheProcess() {
    var filter = machine(profile(List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_S390X"), allow("read")));
    assertThat(filter.answer(X86, 3)).isEqualTo(KILL_PROCESS);
    assertThat(filter.answer(X86_64, READ | 0x40000000)).isEqualTo(KILL_PROCESS);
    assertThat(filter.answer(AARCH64, READ)).isEqualTo(KILL_PROCESS);
  }

  @Test
  void eachEntryHasItsOwnNumbers() {
    var all = List.of("SCMP_ARCH_X86", "SCMP_ARCH_X32");
    var filter = machine(profile(all, allow("read"), allow("readv")));
    assertThat(filter.answer(X86, 3)).isEqualTo(ALLOW);
    assertThat(filter.answer(X86, READ)).isEqualTo(EPERM);
    assertThat(filter.answer(X86_64, 515 | 0x40000000)).isEqualTo(ALLOW);
    assertThat(filter.answer(X86_64, 19 | 0x40000000)).isEqualTo(EPERM);
  }

  @Test
  void conditionsOnOneArgumentAreAlternatives() {
    var one = arg(0, "SCMP_CMP_EQ", 1, 0);
    var two = arg(0, "SCMP_CMP_EQ", 2, 0);
    var filter = machine(profile(List.of(), allow("read", one, two)));
    assertThat(filter.answer(X86_64, READ, 1)).isEqualTo(ALLOW);
    assertThat(filter.answer(X86_64, READ, 2)).isEqualTo(ALLOW);
    assertThat(filter.answer(X86_64, READ, 3)).isEqualTo(EPERM);
  }

  @Test
  void conditionsOnSeveralArgumentsMustAllHold() {
    var first = arg(0, "SCMP_CMP_EQ", 1, 0);
    var last = arg(5, "SCMP_CMP_GT", 7, 0);
    var filter = machine(profile(List.of(), allow("read", first, last)));
    assertThat(filter.answer(X86_64, READ, 1, 0, 0, 0, 0, 8)).isEqualTo(ALLOW);
    assertThat(filter.answer(X86_64, READ, 1, 0, 0, 0, 0, 7)).isEqualTo(EPERM);
    assertThat(filter.answer(X86_64, READ, 2, 0, 0, 0, 0, 8)).isEqualTo(EPERM);
  }

  @Property
  void comparisonsAreUnsignedAndOf64Bits(
      @ForAll @IntRange(min = 0, max = 6) int which,
      @ForAll long value,
      @ForAll long two,
      @ForAll long argument) {
    var operations = List.of("EQ", "NE", "LT", "LE", "GT", "GE", "MASKED_EQ");
    var condition = arg(3, "SCMP_CMP_" + operations.get(which), value, two);
    var filter = machine(profile(List.of(), allow("read", condition)));
    for (long each : new long[] {argument, value, value - 1, value + 1, two, value & two}) {
      int order = Long.compareUnsigned(each, value);
      boolean holds =
          switch (operations.get(which)) {
            case "EQ" -> order == 0;
            case "NE" -> order != 0;
            case "LT" -> order < 0;
            case "LE" -> order <= 0;
            case "GT" -> order > 0;
            case "GE" -> order >= 0;
            default -> (each & value) == (two & value);
          };
      assertThat(filter.answer(X86_64, READ, 0, 0, 0, each)).isEqualTo(holds ? ALLOW : EPERM);
    }
  }

  @Property
  void anySetOfCallsIsToldFromTheRest(
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 361) Integer> chosen) {
    var names = List.copyOf(Architecture.X86_64.syscalls().names());
    var rules = new ArrayList<SeccompRule>();
    chosen.forEach(index -> rules.add(allow(names.get(index))));
    var filter = machine(profile(List.of(), rules.toArray(SeccompRule[]::new)));
    for (int index = 0; index < names.size(); index++) {
      int number = Architecture.X86_64.syscalls().number(names.get(index)).orElseThrow();
      assertThat(filter.answer(X86_64, number))
          .as(names.get(index))
          .isEqualTo(chosen.contains(index) ? ALLOW : EPERM);
    }
  }

  @Test
  void nonsenseIsRefused() {
    assertRefused(allow("read", arg(6, "SCMP_CMP_EQ", 0, 0)), "index is 6");
    assertRefused(allow("read", arg(0, "SCMP_CMP_XX", 0, 0)), "comparison SCMP_CMP_XX");
    assertRefused(
        new SeccompRule(List.of("read"), "SCMP_ACT_NOTIFY", Optional.empty(), List.of()),
        "listener");
    assertRefused(
        new SeccompRule(List.of("read"), "SCMP_ACT_ERRNO", Optional.of(4096), List.of()),
        "errnoRet is 4096");
  }

  private static void assertRefused(SeccompRule rule, String reason) {
    assertThatThrownBy(() -> SeccompCompiler.compile(profile(List.of(), rule)))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aProgramThatTheKernelWouldNotTakeIsRefused() {
    var rules = new ArrayList<SeccompRule>();
    for (int value = 0; value < 1200; value++) {
      rules.add(allow("read", arg(0, "SCMP_CMP_EQ", value, 0)));
    }
    assertThatThrownBy(
            () -> SeccompCompiler.compile(profile(List.of(), rules.toArray(SeccompRule[]::new))))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("the kernel takes 4096");
  }
}
