package caisson.libc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What needs no native call works on a JVM, so that what is built on it can be tested there. */
final class PureTest {
  @Test
  void namesErrorNumbers() {
    assertThat(Errno.name(Errno.EPERM)).isEqualTo("EPERM (1)");
    assertThat(Errno.name(Errno.ECONNREFUSED)).isEqualTo("ECONNREFUSED (111)");
    assertThat(Errno.name(133)).isEqualTo("EHWPOISON (133)");
  }

  @Test
  void givesTheNumberOfAnUnknownError() {
    assertThat(Errno.name(0)).isEqualTo("error 0");
    assertThat(Errno.name(-1)).isEqualTo("error -1");
    assertThat(Errno.name(134)).isEqualTo("error 134");
  }

  @Test
  void saysWhatWasRefused() {
    assertThat(new ErrnoException("mount", "/proc", Errno.EPERM))
        .hasMessage("mount /proc: EPERM (1)");
    assertThat(new ErrnoException("fork", "", Errno.EAGAIN)).hasMessage("fork: EAGAIN (11)");
  }

  @Test
  void readsWaitStatuses() {
    assertThat(ExitStatus.of(0x0300)).isEqualTo(new ExitStatus.Exited(3));
    assertThat(ExitStatus.of(0xff00)).isEqualTo(new ExitStatus.Exited(255));
    assertThat(ExitStatus.of(9)).isEqualTo(new ExitStatus.Signaled(9));
    assertThat(ExitStatus.of(0x8b)).isEqualTo(new ExitStatus.Signaled(11));
  }

  @Test
  void composesDeviceNumbersAsTheCLibraryDoes() {
    assertThat(Files.device(1, 3)).isEqualTo(0x103);
    assertThat(Files.device(10, 229)).isEqualTo(0xae5);
    assertThat(Files.device(0x1234, 0x12345)).isEqualTo(0x1000_1232_3445L);
  }

  @Test
  void refusesASocketPathThatDoesNotFit() {
    assertThat(Sockets.unixAddress("a".repeat(107))).hasSize(110);
    assertThatThrownBy(() -> Sockets.unixAddress("a".repeat(108)))
        .hasMessageContaining("ENAMETOOLONG");
  }
}
