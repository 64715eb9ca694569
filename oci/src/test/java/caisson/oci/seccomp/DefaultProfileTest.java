package caisson.oci.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.oci.runtime.DefaultSpec;
import caisson.testkit.BpfMachine;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefaultProfileTest {
  private static final int ALLOW = 0x7fff0000;
  private static final int EPERM = 0x00050001;
  private static final int ENOSYS = 0x00050026;
  private static final int NEW_USER_NAMESPACE = 0x10000000;

  private static BpfMachine machine(Set<String> capabilities) {
    return new BpfMachine(SeccompCompiler.compile(DefaultProfile.forCapabilities(capabilities)));
  }

  private static int answer(BpfMachine filter, String name, long... arguments) {
    int number = Architecture.X86_64.syscalls().number(name).orElseThrow();
    return filter.answer(Architecture.X86_64.audit(), number, arguments);
  }

  @Test
  void whatProgramsNeedIsAllowed() {
    var filter = machine(Set.copyOf(DefaultSpec.capabilities()));
    for (var name :
        new String[] {"read", "execve", "futex", "ptrace", "chroot", "landlock_restrict_self"}) {
      assertThat(answer(filter, name)).as(name).isEqualTo(ALLOW);
    }
  }

  @Test
  void whatBelongsToACapabilityComesWithIt() {
    var none = machine(Set.of());
    var some = machine(Set.of("CAP_SYS_TIME", "CAP_BPF"));
    assertThat(answer(none, "settimeofday")).isEqualTo(EPERM);
    assertThat(answer(some, "settimeofday")).isEqualTo(ALLOW);
    assertThat(answer(none, "bpf")).isEqualTo(EPERM);
    assertThat(answer(some, "bpf")).isEqualTo(ALLOW);
    assertThat(answer(some, "mount")).isEqualTo(EPERM);
  }

  @Test
  void namespacesNeedTheirCapability() {
    var filter = machine(Set.of());
    assertThat(answer(filter, "clone", 17)).isEqualTo(ALLOW);
    assertThat(answer(filter, "clone", 17 | NEW_USER_NAMESPACE)).isEqualTo(EPERM);
    assertThat(answer(filter, "clone3")).isEqualTo(ENOSYS);
    var admin = machine(Set.of("CAP_SYS_ADMIN"));
    assertThat(answer(admin, "clone", 17 | NEW_USER_NAMESPACE)).isEqualTo(ALLOW);
    assertThat(answer(admin, "clone3")).isEqualTo(ALLOW);
  }

  @Test
  void argumentsDecideAboutPersonalitiesAndSockets() {
    var filter = machine(Set.of());
    assertThat(answer(filter, "personality", 0xffffffffL)).isEqualTo(ALLOW);
    assertThat(answer(filter, "personality", 0x0040000)).isEqualTo(EPERM);
    assertThat(answer(filter, "socket", 2)).isEqualTo(ALLOW);
    assertThat(answer(filter, "socket", 40)).isEqualTo(EPERM);
  }

  @Test
  void nothingOpensWhatIsNeverAllowed() {
    var filter = machine(Set.of("CAP_SYS_ADMIN", "CAP_SYS_BOOT"));
    for (var name : new String[] {"keyctl", "io_uring_setup", "kexec_load", "userfaultfd"}) {
      assertThat(answer(filter, name)).as(name).isEqualTo(EPERM);
    }
  }

  @Test
  void theFilterIsShortEnoughToBeSentWithEveryProcess() {
    assertThat(SeccompCompiler.compile(DefaultProfile.forCapabilities(Set.of())).length)
        .isLessThan(8192);
  }
}
