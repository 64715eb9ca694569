package caisson.oci.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The kernel's numbers, from capability.h and resource.h. */
final class NumberedNamesTest {
  @Test
  void capabilitiesHaveTheKernelsBits() {
    assertThat(LinuxCapability.named("chown").orElseThrow().bit()).isEqualTo(1);
    assertThat(LinuxCapability.named("CAP_SYS_ADMIN").orElseThrow().bit()).isEqualTo(1L << 21);
    assertThat(LinuxCapability.named("syslog").orElseThrow().bit()).isEqualTo(1L << 34);
    assertThat(LinuxCapability.named("CAP_CHECKPOINT_RESTORE").orElseThrow().bit())
        .isEqualTo(1L << 40);
    assertThat(LinuxCapability.all()).hasSize(41).contains("CAP_NET_RAW");
    assertThat(LinuxCapability.named("NONE")).isEmpty();
  }

  @Test
  void limitsHaveTheKernelsNumbers() {
    assertThat(RlimitType.named("nofile").orElseThrow().number()).isEqualTo(7);
    assertThat(RlimitType.named("RLIMIT_RTTIME").orElseThrow().number()).isEqualTo(15);
    assertThat(RlimitType.NPROC.text()).isEqualTo("RLIMIT_NPROC");
    assertThat(RlimitType.named("files")).isEmpty();
  }
}
