package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.oci.runtime.DefaultSpec;
import caisson.oci.seccomp.DefaultProfile;
import caisson.oci.seccomp.SeccompCompiler;
import caisson.testkit.BpfMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The guest's kernel refuses what the default profile refuses, whichever way it is entered. */
@ExtendWith(SharedDaemon.class)
class SeccompTest {
  private static final int X86_64 = 0xc000003e;
  private static final int X86 = 0x40000003;
  private static final int X32_BIT = 0x40000000;
  private static final int BEYOND_ALL = 560;
  private static final int RET_ERRNO = 0x00050000;

  private final Cli caisson;

  SeccompTest(Cli caisson) {
    this.caisson = caisson;
  }

  @Test
  void everyCallThatIsDeniedFailsWithTheProfilesErrno() {
    var capabilities = Set.copyOf(DefaultSpec.capabilities());
    var profile = DefaultProfile.forCapabilities(capabilities);
    var filter = new BpfMachine(SeccompCompiler.compile(profile));
    var expected = new ArrayList<String>();
    for (int number = 0; number <= BEYOND_ALL; number++) {
      addIfDenied(expected, "x86_64", number, filter.answer(X86_64, number));
      addIfDenied(expected, "x86", number, filter.answer(X86, number));
      addIfDenied(expected, "x32", number, filter.answer(X86_64, number | X32_BIT));
    }
    assertThat(expected).hasSizeGreaterThan(200);
    var calls =
        expected.stream()
            .map(line -> line.substring(0, line.lastIndexOf(' ')))
            .collect(Collectors.joining("\n"));
    var seen = caisson.runReading(calls, "run", "--rm", "-i", TestImage.NAME, "syscalls").ok();
    assertThat(seen.out().lines()).containsExactlyElementsOf(expected);
  }

  private static void addIfDenied(List<String> to, String entry, int number, int answer) {
    if ((answer & 0xffff0000) == RET_ERRNO) {
      to.add(entry + " " + number + " " + (answer & 0xffff));
    }
  }
}
